package dev.drillmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drillmaster.campaign.CampaignReport;
import dev.drillmaster.campaign.CampaignRun;
import dev.drillmaster.campaign.Wanted;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.Expect;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class CampaignTextTest {

  private static final UUID ID = UUID.fromString("3f1c8a52-6d0e-4b7a-9c55-0e8d2f7b4a11");
  private static final Expect LATE = new Expect(Verdict.FAILED, List.of("rto-missed"));

  private static final CampaignRun PASSED = CampaignRun.of(1, "strong", SampleRuns.passed());
  private static final CampaignRun FAILED = CampaignRun.of(2, "strong", SampleRuns.tooLate());

  /** The run that was too late, of a plan that expects this. */
  private static CampaignRun late(int number, Expect expect) {
    DrillReport late = SampleRuns.tooLate();
    return CampaignRun.of(number, "weak", SampleRuns.expecting(late, expect));
  }

  private static CampaignReport report(int wanted, Outcome outcome, CampaignRun... runs) {
    return CampaignReport.of(
        "nightly",
        ID,
        wanted,
        outcome,
        SampleRuns.STARTED_AT,
        SampleRuns.at(90_000),
        List.of(runs));
  }

  @Test
  void aCampaignInWhichAllIsAsExpected() {
    assertThat(
            CampaignText.of(
                report(2, Outcome.COMPLETED, PASSED, late(2, LATE)), ZoneId.of("Europe/Berlin")))
        .isEqualTo(
            """
            ================================================================================
              AS EXPECTED, 2 of 2 runs, each as expected
            ================================================================================
              campaign  nightly
              time      2026-10-04 16:02:00 +02:00, took 90.0 s

            Figures (RTO in ms; p50 and p95 by nearest rank; lost transactions)
              plan                          n expected   worst   +/-    p50    p95   lost
              strong                        1        1     932    21    932    932      3
              weak                          1        1    5912    21   5912   5912      0

            Where to look next
              ./drillmaster db url  the runs in PostgreSQL, for psql and others:
              select * from compliance.drills
              where campaign = 'nightly' order by started_at""");
  }

  @Test
  void whatIsNotAsExpectedIsNamedWithItsReason() {
    String text =
        CampaignText.of(
            report(
                3,
                Outcome.COMPLETED,
                PASSED,
                FAILED,
                late(3, new Expect(Verdict.FAILED, List.of("other")))),
            ZoneOffset.UTC);

    assertThat(text)
        .contains("NOT AS EXPECTED, 3 of 3 runs, 2 not as expected")
        .contains("2  drill-postgres-failover-20261004-140200: FAILED, completed")
        .contains("findings: rto-missed")
        .contains("the plan expects FAILED with other; missing: other; extra: rto-missed");
    assertThat(text.lines()).allMatch(line -> line.length() <= PlainText.WIDTH);
  }

  @Test
  void aStoppedCampaignSaysSo() {
    assertThat(CampaignText.of(report(9, Outcome.STOPPED, PASSED), ZoneOffset.UTC))
        .contains("STOPPED, 1 of 9 runs, each as expected, stopped");
    assertThat(CampaignText.of(report(9, Outcome.STOPPED), ZoneOffset.UTC))
        .contains("no run was made");
  }

  @Test
  void aServiceThatNeverCameBackHasNoWorstTime() {
    DrillReport never =
        SampleRuns.measured(
            Outcome.COMPLETED,
            new DrillReport.Rto(null, 21, 5000L),
            new DrillReport.Rpo(0, 0, 0, 1.0),
            Finding.failure("no-recovery", "it did not recover", "look"));

    String text =
        CampaignText.of(
            report(2, Outcome.COMPLETED, PASSED, CampaignRun.of(2, "strong", never)),
            ZoneOffset.UTC);

    assertThat(text).containsPattern("strong +2 +1 +never +21 +932 +never +3");
  }

  @Test
  void eachRunIsToldWhenItIsOver() {
    assertThat(CampaignText.progress(PASSED, 20))
        .containsExactly(
            "run 1 of 20: PASSED, RTO 932 ms +/- 21 ms, 3 lost",
            "  drill-postgres-failover-20261004-140200");
    assertThat(CampaignText.progress(late(3, LATE), 20).get(0))
        .isEqualTo("run 3 of 20: FAILED, as the plan expects, RTO 5912 ms +/- 21 ms, 0 lost");
    assertThat(CampaignText.progress(FAILED, 20))
        .contains("  findings: rto-missed")
        .element(0)
        .isEqualTo("run 2 of 20: FAILED, completed, RTO 5912 ms +/- 21 ms, 0 lost");
    assertThat(CampaignText.wanted(List.of(new Wanted("a", 1), new Wanted("b", 2))))
        .isEqualTo("1 run of a, 2 runs of b");
  }

  @Test
  void theObjectHasWhatPipelinesCompareWith() throws IOException {
    JsonNode campaign =
        Wire.json().readTree(RunJson.of(report(2, Outcome.COMPLETED, PASSED, late(2, LATE))));

    assertThat(campaign.get("rtoWorstMillis").longValue()).isEqualTo(5912);
    assertThat(campaign.get("rtoErrorWorstMillis").longValue()).isEqualTo(21);
    assertThat(campaign.get("expected").booleanValue()).isTrue();
    assertThat(campaign.get("plans").get(0).get("figures").get("rtoP95Millis").longValue())
        .isEqualTo(932);
    JsonNode weak = campaign.get("runs").get(1);
    assertThat(weak.get("expected").booleanValue()).isTrue();
    assertThat(weak.get("verdict").textValue()).isEqualTo("FAILED");
    assertThat(weak.get("rto").get("millis").longValue()).isEqualTo(5912);
    assertThat(weak.get("report").get("expected").get("met").booleanValue()).isTrue();
  }

  @Test
  void theExitCodeIsThatOfTheWorstRunThatIsNotAsExpected() {
    CampaignRun stopped = CampaignRun.of(3, "strong", SampleRuns.stopped());
    CampaignRun tooGood =
        CampaignRun.of(4, "weak", SampleRuns.expecting(SampleRuns.passed(), LATE));

    assertThat(ExitCode.of(report(2, Outcome.COMPLETED, PASSED, late(2, LATE)))).isZero();
    assertThat(ExitCode.of(report(2, Outcome.COMPLETED, PASSED, stopped))).isEqualTo(3);
    assertThat(ExitCode.of(report(3, Outcome.COMPLETED, stopped, FAILED, PASSED))).isEqualTo(1);
    assertThat(ExitCode.of(report(1, Outcome.COMPLETED, tooGood))).isEqualTo(1);
    assertThat(ExitCode.of(report(3, Outcome.STOPPED, PASSED))).isEqualTo(3);
  }

  @Test
  void oneRunThatEndsAsItsPlanExpectsIsASuccess() {
    DrillReport late = SampleRuns.expecting(SampleRuns.tooLate(), LATE);
    DrillReport tooGood = SampleRuns.expecting(SampleRuns.passed(), LATE);

    assertThat(ExitCode.of(late)).isZero();
    assertThat(ResultText.of(late, ZoneOffset.UTC))
        .contains("  FAILED, as the plan expects\n")
        .contains("  wants FAILED with rto-missed\n");
    assertThat(ExitCode.of(tooGood)).isEqualTo(1);
    assertThat(ResultText.of(tooGood, ZoneOffset.UTC))
        .contains("  PASSED, completed, NOT as the plan expects\n")
        .contains("  wants FAILED with rto-missed; missing: rto-missed\n");
  }
}
