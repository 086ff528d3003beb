package dev.drillmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.DrillReport.Rpo;
import dev.drillmaster.drill.DrillReport.Rto;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@Tag("pure")
class ResultBlockTest {

  static final List<DrillReport> ALL = ResultTextTest.ALL;

  private static String block(DrillReport report) {
    return ResultBlock.of(report, ZoneOffset.UTC);
  }

  @Test
  void aRunThatPassed() {
    assertThat(block(SampleRuns.passed()))
        .isEqualTo(
            """
            ================================================================================
              PASSED, completed
              The system did what the plan asks. All steps were gone through.
            ================================================================================
              plan      postgres-failover, 2026-10-04 14:02:00 +00:00, took 35.4 s
              run       drill-postgres-failover-20261004-140200
              RTO       met: 932 ms +/- 21 ms without service; objective 5000 ms
              RPO       met: 3 acknowledged transactions lost, the oldest 0.12 s old, 8192
                        bytes of WAL; objective 1 s
              findings  none

              outage    detected 431 ms, fenced 518 ms, promoted 702 ms, redirected 717 ms,
                        validated 932 ms, redundancy-restored 8123 ms
              load      3500 sent, 3406 acknowledged; 0 rows nobody sent, 0 twice
              fail back 310 ms without writes
              fault     process-tree on db1 for 1.0 s, healed by workflow, verified
              steps     6 begun, 6 met
              more      ./drillmaster report, or the audit trail: ./drillmaster db url""");
  }

  @Test
  void aRunThatFailedSaysWhyAndWhatToDo() {
    assertThat(block(SampleRuns.tooLate()))
        .startsWith("====")
        .contains(
            """
              RTO       MISSED: 5912 ms +/- 21 ms without service; objective 5000 ms
              RPO       met: no acknowledged transaction lost, 0 bytes of WAL; objective 1 s

              rto-missed (FAILED): 5912 ms without service, objective 5000 ms
                to do: see in the milestones which part of the recovery took the time
            """);
  }

  @Test
  void aRunThatIsHandedOverSaysWhatIsNotPutRight() {
    assertThat(block(SampleRuns.handedOver()))
        .contains("process-tree on db1: healed by workflow, NOT VERIFIED")
        .contains("process-tree on db2: NOT HEALED as far as anybody knows")
        .contains("rollback  FAILED: 3.2 settle: db1 and db2 answer both");
  }

  @Test
  void aRunThatWasStoppedSaysWhichStepsWereNotMet() {
    assertThat(block(SampleRuns.stopped()))
        .contains("6 begun, 4 met; stopped: 3.3 promote, stopped: 3 inject")
        .contains("2 things put right");
  }

  @Test
  void findingsThatDoNotFitAreCounted() {
    Finding finding = Finding.failure("rto-missed", "x ".repeat(60), "y ".repeat(60));
    DrillReport many =
        SampleRuns.measured(
            Outcome.COMPLETED,
            new Rto(5912L, 21, 5000L),
            new Rpo(0, 0, 0, 1.0),
            Collections.nCopies(30, finding).toArray(Finding[]::new));

    assertThat(block(many).lines().count()).isLessThanOrEqualTo(ResultBlock.ROWS - 2);
    assertThat(block(many)).contains("and 28 more, told above and in compliance.findings");
    assertThat(ResultText.of(many, ZoneOffset.UTC)).doesNotContain("more, told above");
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void itFitsOnOneScreenWithTheRowAboveAndThePrompt(DrillReport report) {
    assertThat(block(report).split("\n", -1))
        .hasSizeLessThanOrEqualTo(ResultBlock.ROWS - 2)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80).matches("[ -~]*"));
  }
}
