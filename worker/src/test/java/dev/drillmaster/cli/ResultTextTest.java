package dev.drillmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.DrillReport.Rpo;
import dev.drillmaster.drill.DrillReport.Rto;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@Tag("pure")
class ResultTextTest {

  static final List<DrillReport> ALL =
      List.of(
          SampleRuns.passed(),
          SampleRuns.tooLate(),
          SampleRuns.stopped(),
          SampleRuns.refused(),
          SampleRuns.handedOver());

  @Test
  void aRunThatPassed() {
    assertThat(ResultText.of(SampleRuns.passed(), ZoneId.of("Europe/Berlin")))
        .isEqualTo(
            """
            ================================================================================
              PASSED, completed
              The system did what the plan asks. All steps were gone through.
            ================================================================================
              plan  postgres-failover
              run   drill-postgres-failover-20261004-140200
              time  2026-10-04 16:02:00 +02:00, took 35.4 s

            Objectives
              RTO  met: 932 ms +/- 21 ms without service; objective 5000 ms
              RPO  met: 3 acknowledged transactions lost, the oldest 0.12 s old, 8192 bytes
                   of WAL; objective 1 s

            Resilience
              99 of 100, from 100 % of what there is to look at

            Findings
              none

            Milestones, from the last success before the outage
              detected                   431 ms
              fenced                     518 ms
              promoted                   702 ms
              redirected                 717 ms
              validated                  932 ms
              redundancy-restored       8123 ms

            Load
              3500 transactions sent, 3406 acknowledged, 2 unanswered but committed
              0 rows that nobody sent, 0 duplicates
              310 ms without writes during the planned fail back

            Faults
              service-failure (process-tree) on db1
                injection 87deecda-1933-5447-bbbf-1f1519a57866
                could outlive everything by at most 26 s (lease 10 s)
                in force from 16:02:12.512 to 16:02:13.480, 1.0 s
                healed by workflow, verified: fenced; no process runs

            Steps
              6 begun, 6 met

            Rollback
              2 compensations looked and found nothing to do

            Where to look next
              ./drillmaster report drill-postgres-failover-20261004-140200
              this run as a page for a browser, with its timeline
              ./drillmaster db url  the audit trail in PostgreSQL, for psql and others:
              select * from compliance.audit_trail
              where run_id = '3f1c8a52-6d0e-4b7a-9c55-0e8d2f7b4a11' order by recorded_at""");
  }

  @Test
  void aRunThatCameBackTooLate() {
    assertThat(ResultText.of(SampleRuns.tooLate(), ZoneOffset.UTC))
        .isEqualTo(
            """
            ================================================================================
              FAILED, completed
              The system did not do what the plan asks. All steps were gone through.
            ================================================================================
              plan  postgres-failover
              run   drill-postgres-failover-20261004-140200
              time  2026-10-04 14:02:00 +00:00, took 35.4 s

            Objectives
              RTO  MISSED: 5912 ms +/- 21 ms without service; objective 5000 ms
              RPO  met: no acknowledged transaction lost, 0 bytes of WAL; objective 1 s

            Resilience
              92 of 100, from 100 % of what there is to look at

            Findings
              rto-missed (high, FAILED)
                5912 ms without service, objective 5000 ms
                to do: see in the milestones which part of the recovery took the time

            Milestones, from the last success before the outage
              detected                  5210 ms
              looked-at                 5300 ms
              validated                 5912 ms

            Load
              3500 transactions sent, 2901 acknowledged, 0 unanswered but committed
              0 rows that nobody sent, 0 duplicates

            Faults
              service-failure (process-tree) on db1
                injection 87deecda-1933-5447-bbbf-1f1519a57866
                could outlive everything by at most 26 s (lease 10 s)
                in force from 14:02:12.512 to 14:02:13.480, 1.0 s
                healed by workflow, verified: fenced; no process runs

            Steps
              6 begun, 6 met

            Rollback
              2 compensations looked and found nothing to do

            Where to look next
              ./drillmaster report drill-postgres-failover-20261004-140200
              this run as a page for a browser, with its timeline
              ./drillmaster db url  the audit trail in PostgreSQL, for psql and others:
              select * from compliance.audit_trail
              where run_id = '3f1c8a52-6d0e-4b7a-9c55-0e8d2f7b4a11' order by recorded_at""");
  }

  @Test
  void aRunThatWasStopped() {
    assertThat(ResultText.of(SampleRuns.stopped(), ZoneOffset.UTC))
        .isEqualTo(
            """
            ================================================================================
              INCONCLUSIVE, stopped
              Nothing was proved either way. The run was ended early.
            ================================================================================
              plan  postgres-failover
              run   drill-postgres-failover-20261004-140200
              time  2026-10-04 14:02:00 +00:00, took 35.4 s

            Objectives
              RTO  not measured
              RPO  not measured

            Resilience
              30 of 100, from 30 % of what there is to look at

            Findings
              stopped (medium, INCONCLUSIVE)
                the run was stopped: emergency stop
                to do: nothing if that was wanted; a stopped run proves nothing

            Faults
              service-failure (process-tree) on db1
                injection 87deecda-1933-5447-bbbf-1f1519a57866
                could outlive everything by at most 26 s (lease 10 s)
                in force from 14:02:12.512 to 14:02:13.480, 1.0 s
                healed by workflow, verified: fenced; no process runs

            Steps
              6 begun, 4 met
              stopped   3.3 promote: stopped
              stopped   3 the primary dies: stopped

            Rollback
              done      3.3 settle: db2 was promoted to the end, db1 streams from it,
                        traffic goes to db2
              done      2 stop-load: the load was stopped

            Where to look next
              ./drillmaster report drill-postgres-failover-20261004-140200
              this run as a page for a browser, with its timeline
              ./drillmaster db url  the audit trail in PostgreSQL, for psql and others:
              select * from compliance.audit_trail
              where run_id = '3f1c8a52-6d0e-4b7a-9c55-0e8d2f7b4a11' order by recorded_at""");
  }

  @Test
  void aRunThatWasRefused() {
    assertThat(ResultText.of(SampleRuns.refused(), ZoneOffset.UTC))
        .isEqualTo(
            """
            ================================================================================
              INCONCLUSIVE, refused
              Nothing was proved either way. The run was refused: nothing was done.
            ================================================================================
              plan  postgres-failover
              run   drill-postgres-failover-20261004-140200
              time  2026-10-04 14:02:00 +00:00, took 35.4 s

            Objectives
              RTO  not measured
              RPO  not measured

            Findings
              refused (medium, INCONCLUSIVE)
                db1 is held by injection 9b0f3b1e-1111-5222-8333-444455556666
                to do: the message says what stands in the way

            Faults
              none was injected

            Where to look next
              ./drillmaster report drill-postgres-failover-20261004-140200
              this run as a page for a browser, with its timeline
              ./drillmaster db url  the audit trail in PostgreSQL, for psql and others:
              select * from compliance.audit_trail
              where run_id = '3f1c8a52-6d0e-4b7a-9c55-0e8d2f7b4a11' order by recorded_at""");
  }

  @Test
  void aRunThatIsHandedOver() {
    assertThat(ResultText.of(SampleRuns.handedOver(), ZoneOffset.UTC))
        .isEqualTo(
            """
            ================================================================================
              FAILED, handed-over
              The system did not do what the plan asks. Something could not be put right: a
              person must act.
            ================================================================================
              plan  postgres-failover
              run   drill-postgres-failover-20261004-140200
              time  2026-10-04 14:02:00 +00:00, took 35.4 s

            Objectives
              RTO  not measured
              RPO  not measured

            Resilience
              0 of 100, from 10 % of what there is to look at

            Findings
              rollback-failed (high, FAILED)
                step 3.2 could not be rolled back: db1 and db2 answer both that they are
                standbys
                to do: run "drillmaster heal"; if that fails too, bring the system to one
                       primary by hand

            Faults
              service-failure (process-tree) on db1
                injection 87deecda-1933-5447-bbbf-1f1519a57866
                could outlive everything by at most 26 s (lease 10 s)
                in force from 14:02:12.512
                healed by workflow, NOT VERIFIED: could not look: /proc?[31m is not
                readable; run "./drillmaster heal"
              service-failure (process-tree) on db2
                injection 3f1c8a52-6d0e-4b7a-9c55-0e8d2f7b4a11
                could outlive everything by at most 6.5 s (lease 3.5 s)
                was not seen in force
                NOT HEALED as far as anybody knows: run "./drillmaster heal"

            Rollback
              FAILED    3.2 settle: db1 and db2 answer both that they are standbys

            Where to look next
              ./drillmaster report drill-postgres-failover-20261004-140200
              this run as a page for a browser, with its timeline
              ./drillmaster db url  the audit trail in PostgreSQL, for psql and others:
              select * from compliance.audit_trail
              where run_id = '3f1c8a52-6d0e-4b7a-9c55-0e8d2f7b4a11' order by recorded_at""");
  }

  @Test
  void aMeasurementThatNobodyJudgedIsOnlyThat() {
    Rto rto = new Rto(932L, 21, 5000L);
    Rpo rpo = new Rpo(0, 0, 0, null);

    assertThat(ResultText.of(SampleRuns.measured(Outcome.STOPPED, rto, rpo), ZoneOffset.UTC))
        .contains("  RTO  measured: 932 ms +/- 21 ms without service; objective 5000 ms\n")
        .contains("  RPO  measured: no acknowledged transaction lost, 0 bytes of WAL\n");
    assertThat(ResultText.of(SampleRuns.measured(Outcome.COMPLETED, rto, rpo), ZoneOffset.UTC))
        .contains("  RTO  met: 932 ms")
        .contains("  RPO  measured: no");
  }

  @Test
  void whatTheFindingsSayAboutAnObjectiveIsSaid() {
    Rpo lost = new Rpo(1, 0.05, 96, 0.0);
    DrillReport dead =
        SampleRuns.measured(
            Outcome.COMPLETED,
            new Rto(null, 10, 5000L),
            lost,
            Finding.failure("no-recovery", "dead", "look"),
            Finding.failure("rpo-missed", "1 lost", "look"));
    DrillReport near =
        SampleRuns.measured(
            Outcome.COMPLETED,
            new Rto(4990L, 21, 5000L),
            lost,
            Finding.doubt("rto-uncertain", "perhaps", "raise the rate"));

    assertThat(ResultText.of(dead, ZoneOffset.UTC))
        .contains(
            """
              RTO  MISSED: the service did not come back while it was measured; objective
                   5000 ms
              RPO  MISSED: 1 acknowledged transaction lost, the oldest 0.05 s old, 96 bytes
                   of WAL; objective none may be lost
            """);
    assertThat(ResultText.of(near, ZoneOffset.UTC)).contains("  RTO  UNCERTAIN: 4990 ms +/- 21 ms");
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void everyLineFitsAndIsPlain(DrillReport report) {
    assertThat(ResultText.of(report, ZoneOffset.UTC).split("\n", -1))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80).matches("[ -~]*"));
  }
}
