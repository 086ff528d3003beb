package dev.drillmaster.program;

import com.zaxxer.hikari.HikariDataSource;
import dev.drillmaster.database.LedgerDatabase;
import dev.drillmaster.home.Home;
import dev.drillmaster.ledger.OpenCampaign;
import dev.drillmaster.ledger.OpenCampaigns;
import dev.drillmaster.ledger.OpenRuns;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.reaper.OpenRun;
import io.temporal.client.WorkflowExecutionMetadata;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What goes on at a Temporal server for a program that takes runs from others. A run of a campaign
 * is not told by itself: whoever stops its campaign stops it.
 *
 * @param home whose ledger is asked where the server cannot list
 * @param server the one that the program works for
 */
public record GoingOn(Home home, Orchestrator server) {

  private static final String RUNNING =
      "ExecutionStatus = 'Running' AND WorkflowType IN ('"
          + String.join("', '", RunHandle.TYPES)
          + "', '"
          + CampaignHandle.TYPE
          + "')";

  /** The names, the oldest first. */
  public List<String> names() throws IOException {
    return server.name().startsWith(Orchestrator.EMBEDDED) ? inLedger() : onServer();
  }

  /**
   * Stops all of it at once, and waits.
   *
   * @param atMost how long, for each
   * @param progress is told what is done
   * @return whether all is over and nothing was handed over
   */
  public boolean stop(Duration atMost, Consumer<String> progress) throws IOException {
    List<WorkHandle<?, ?>> open = new ArrayList<>();
    for (String name : names()) {
      WorkHandle<?, ?> handle = WorkHandle.find(server.client(), name);
      progress.accept("stopping " + handle.kind() + " " + name);
      handle.emergencyStop();
      open.add(handle);
    }
    boolean right = true;
    for (WorkHandle<?, ?> handle : open) {
      Optional<WorkHandle.End> end = handle.awaitEnd(atMost);
      progress.accept(
          "  " + handle.name() + ": " + end.map(WorkHandle.End::inShort).orElse("not over yet"));
      right &= end.isPresent() && !end.get().handedOver();
    }
    return right;
  }

  private List<String> onServer() {
    try (Stream<WorkflowExecutionMetadata> open = server.client().listExecutions(RUNNING)) {
      return open.filter(each -> each.getParentExecution() == null)
          .sorted(Comparator.comparing(WorkflowExecutionMetadata::getStartTime))
          .map(each -> each.getExecution().getWorkflowId())
          .toList();
    }
  }

  /** The in-process server lists nothing, and only programs of this home can reach it. */
  private List<String> inLedger() throws IOException {
    try (HikariDataSource ledger = LedgerDatabase.of(home).writer()) {
      List<String> campaigns =
          new OpenCampaigns(ledger)
              .all().stream()
                  .filter(each -> each.orchestrator().equals(server.name()))
                  .map(OpenCampaign::workflowId)
                  .toList();
      Stream<String> runs =
          new OpenRuns(ledger)
              .all().stream()
                  .filter(each -> each.orchestrator().equals(server.name()))
                  .map(OpenRun::workflowId)
                  .filter(run -> campaigns.stream().noneMatch(name -> run.startsWith(name + "-")));
      return Stream.concat(campaigns.stream(), runs).toList();
    }
  }
}
