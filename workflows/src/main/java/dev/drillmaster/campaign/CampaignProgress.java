package dev.drillmaster.campaign;

import dev.drillmaster.drill.DrillReport;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a campaign is, for the status query and for people who watch it in the Temporal UI. */
final class CampaignProgress {

  private final List<CampaignRun> over = new ArrayList<>();
  private List<Wanted> wanted = List.of();
  private @Nullable String current;
  private @Nullable CampaignReport report;

  void begins(CampaignRequest request) {
    wanted = request.wanted();
    show();
  }

  void runBegins(String run) {
    current = run;
    show();
  }

  void ended(CampaignRun run) {
    current = null;
    over.add(run);
    show();
  }

  void closed(CampaignReport finished) {
    report = finished;
    show();
  }

  List<CampaignRun> over() {
    return List.copyOf(over);
  }

  CampaignStatus status(@Nullable String stoppedBy, @Nullable String waiting) {
    List<CampaignRun> told = over.stream().map(CampaignRun::inShort).toList();
    return new CampaignStatus(wanted, told, current, stoppedBy, waiting, report);
  }

  private void show() {
    StringBuilder text = new StringBuilder();
    int runs = wanted.stream().mapToInt(Wanted::runs).sum();
    text.append("**")
        .append(over.size())
        .append(" of ")
        .append(runs)
        .append(" runs are over**\n\n");
    if (current != null) {
      text.append("Going on: `").append(current).append("`\n\n");
    }
    if (!over.isEmpty()) {
      text.append("| run | plan | verdict | as expected | RTO |\n|---|---|---|---|---|\n");
    }
    for (CampaignRun run : over) {
      text.append("| ").append(run.number()).append(" | ").append(run.plan());
      text.append(" | ").append(run.verdict()).append(", ").append(run.outcome().text());
      text.append(" | ").append(run.expected() ? "yes" : "NO");
      text.append(" | ").append(rto(run.rto())).append(" |\n");
    }
    text.append(
        "\nTo stop: send the signal `emergencyStop` without input, or cancel. Not Terminate.\n");
    Workflow.setCurrentDetails(text.toString());
  }

  private static String rto(DrillReport.@Nullable Rto rto) {
    if (rto == null) {
      return "not measured";
    }
    return rto.millis() == null ? "never came back" : rto.millis() + " ms";
  }
}
