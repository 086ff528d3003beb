package dev.drillmaster.campaign;

import dev.drillmaster.drill.PlanRules;
import dev.drillmaster.verdict.FailureKind;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;

/** What makes a campaign one that may run. */
public final class CampaignRules {

  /**
   * The most runs of one campaign: its result holds a report of each, and Temporal takes no more
   * than 2 MB.
   */
  public static final int MOST_RUNS = 100;

  private CampaignRules() {}

  /** All that is wrong, each in a sentence that says what would be right; empty if nothing is. */
  public static List<String> problems(CampaignRequest request) {
    List<String> problems = new ArrayList<>();
    if (request.parts().isEmpty()) {
      problems.add("parts: a campaign needs at least one plan");
    }
    boolean some = request.parts().stream().allMatch(part -> part.runs() >= 1);
    if (!some || request.runs() > MOST_RUNS) {
      problems.add(
          "runs: at least 1 of each plan and at most " + MOST_RUNS + " in all; make two campaigns");
    }
    for (CampaignRequest.Part part : request.parts()) {
      PlanRules.problems(part.plan())
          .forEach(
              problem ->
                  problems.add("plan \"" + part.plan().name() + "\": " + problem.sentence()));
    }
    return problems;
  }

  /** Fails the workflow for good if the campaign may not run. */
  static void require(CampaignRequest request) {
    List<String> problems = problems(request);
    if (!problems.isEmpty()) {
      throw ApplicationFailure.newNonRetryableFailure(
          "the campaign may not run: " + String.join("; ", problems), FailureKind.REFUSED);
    }
  }
}
