package dev.drillmaster.campaign;

import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.DrillReport.Rpo;
import dev.drillmaster.drill.DrillReport.Rto;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of a campaign that is over.
 *
 * @param number its place in the campaign, from 1
 * @param run its name: its workflow id
 * @param plan the plan's name
 * @param verdict what was found; INCONCLUSIVE if it ended without a report
 * @param outcome how it ended; stopped if it ended without a report
 * @param expected whether it ended as its plan wants it
 * @param note why it has no report, or how it differs from what the plan expects; else empty
 * @param findings the codes of what was found
 * @param rto measured and wanted time without service; null if nothing was measured
 * @param rpo measured and wanted loss; null if nothing was measured
 * @param report all of it; null if it ended without a report, or where only the course of the
 *     campaign is told
 */
public record CampaignRun(
    int number,
    String run,
    String plan,
    Verdict verdict,
    Outcome outcome,
    boolean expected,
    String note,
    List<String> findings,
    @Nullable Rto rto,
    @Nullable Rpo rpo,
    @Nullable DrillReport report) {

  public CampaignRun {
    findings = List.copyOf(findings);
  }

  /** A run that ended with a report. */
  public static CampaignRun of(int number, String plan, DrillReport report) {
    DrillReport.Expected expected = report.expected();
    return new CampaignRun(
        number,
        report.run(),
        plan,
        report.verdict(),
        report.outcome(),
        report.asExpected(),
        expected == null || expected.met() ? "" : "the plan expects " + expected.described(),
        report.findings().stream().map(Finding::code).distinct().toList(),
        report.rto(),
        report.rpo(),
        report.withoutTimeline());
  }

  /** A run that ended and cannot say how: it proves nothing, and is not as anybody expects. */
  static CampaignRun withoutReport(int number, String run, String plan, String why) {
    return new CampaignRun(
        number,
        run,
        plan,
        Verdict.INCONCLUSIVE,
        Outcome.STOPPED,
        false,
        "it ended without a report: " + why,
        List.of(),
        null,
        null,
        null);
  }

  /** The same without its report, which is in the ledger and in the run's own history. */
  public CampaignRun inShort() {
    return new CampaignRun(
        number, run, plan, verdict, outcome, expected, note, findings, rto, rpo, null);
  }
}
