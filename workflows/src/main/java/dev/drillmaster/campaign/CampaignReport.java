package dev.drillmaster.campaign;

import dev.drillmaster.verdict.FailureKind;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign did and found. The same record is the workflow's result and the output of {@code
 * run --runs N --json}.
 *
 * @param campaign its name: its workflow id
 * @param campaignId its identity in the ledger: its original execution
 * @param wanted how many runs were wanted
 * @param done how many are over
 * @param outcome completed if all wanted runs were made, stopped if somebody ended it before
 * @param expected whether all wanted runs were made and each ended as its plan wants it
 * @param startedAt when it began
 * @param endedAt when it was over
 * @param rtoWorstMillis the worst of all runs, see {@link Figures#rtoWorstMillis}
 * @param rtoErrorWorstMillis the worst of all runs
 * @param rpoWorstTransactions the worst of all runs
 * @param plans the figures of each plan, in the order of the campaign
 * @param runs every run that is over, in order
 */
public record CampaignReport(
    String campaign,
    UUID campaignId,
    int wanted,
    int done,
    Outcome outcome,
    boolean expected,
    Instant startedAt,
    Instant endedAt,
    @Nullable Long rtoWorstMillis,
    @Nullable Long rtoErrorWorstMillis,
    @Nullable Long rpoWorstTransactions,
    List<PlanFigures> plans,
    List<CampaignRun> runs) {

  public CampaignReport {
    plans = List.copyOf(plans);
    runs = List.copyOf(runs);
  }

  /** The runs of one plan. */
  public record PlanFigures(String plan, Figures figures) {}

  /** The report that follows from the runs that are over. */
  public static CampaignReport of(
      String campaign,
      UUID campaignId,
      int wanted,
      Outcome outcome,
      Instant startedAt,
      Instant endedAt,
      List<CampaignRun> runs) {
    Figures all = Figures.of(runs);
    return new CampaignReport(
        campaign,
        campaignId,
        wanted,
        runs.size(),
        outcome,
        outcome == Outcome.COMPLETED && all.expected() == wanted,
        startedAt,
        endedAt,
        all.rtoWorstMillis(),
        all.rtoErrorWorstMillis(),
        all.rpoWorstTransactions(),
        plans(runs),
        runs);
  }

  private static List<PlanFigures> plans(List<CampaignRun> runs) {
    Map<String, List<CampaignRun>> byPlan = new LinkedHashMap<>();
    runs.forEach(run -> byPlan.computeIfAbsent(run.plan(), plan -> new ArrayList<>()).add(run));
    return byPlan.entrySet().stream()
        .map(each -> new PlanFigures(each.getKey(), Figures.of(each.getValue())))
        .toList();
  }

  /** The same without the reports of its runs, which are in the ledger already. */
  public CampaignReport inShort() {
    return new CampaignReport(
        campaign,
        campaignId,
        wanted,
        done,
        outcome,
        expected,
        startedAt,
        endedAt,
        rtoWorstMillis,
        rtoErrorWorstMillis,
        rpoWorstTransactions,
        plans,
        runs.stream().map(CampaignRun::inShort).toList());
  }

  /** The failure type with which a campaign ends that is not as expected. */
  String failureKind() {
    Verdict worst = Verdict.INCONCLUSIVE;
    for (CampaignRun run : runs) {
      // A run that passed and should not have is as bad as one that failed.
      boolean failed = !run.expected() && run.verdict() != Verdict.INCONCLUSIVE;
      worst = failed ? Verdict.FAILED : worst;
    }
    return FailureKind.of(worst, outcome);
  }

  /** What came of it in one line. */
  public String summary() {
    long unexpected = runs.stream().filter(run -> !run.expected()).count();
    return done
        + " of "
        + wanted
        + " runs, "
        + (unexpected == 0 ? "each as expected" : unexpected + " not as expected")
        + (outcome == Outcome.STOPPED ? ", stopped" : "");
  }
}
