package dev.drillmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.cli.ProgressText.Look;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.DrillStatus;
import dev.drillmaster.drill.Roles;
import dev.drillmaster.measure.LoadStatus;
import dev.drillmaster.plan.PlanFiles;
import dev.drillmaster.verdict.Finding;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class ProgressTextTest {

  private static final String KILL = "kill every process of db1";

  private final ProgressText text =
      new ProgressText(
          PlanFiles.shipped("postgres-failover"),
          new Roles("db1", "db2"),
          SampleRuns.STARTED_AT,
          ZoneOffset.UTC);

  @Test
  void aRunAsItIsWatched() {
    DrillStatus detecting =
        SampleRuns.held(
            SampleRuns.running(
                "3.1", "notice the outage: 3 times in a row not \"the database answers\"", 2));
    String watched =
        watch(
            look(100, phase("preparing", "finding the system"), null),
            look(
                300,
                SampleRuns.running("1", "wait until the system is in its steady state", 0),
                null),
            look(
                700,
                SampleRuns.running("2", "send 100 transactions a second to the service", 1),
                null),
            look(12_400, SampleRuns.running("3", KILL, 2), SampleRuns.load(1100, 0)),
            look(
                12_600,
                SampleRuns.held(SampleRuns.running("3", KILL, 2)),
                SampleRuns.load(1120, 90)),
            look(12_800, detecting, SampleRuns.load(1120, 290)),
            look(13_000, detecting, SampleRuns.load(1120, 490)),
            look(
                13_200,
                SampleRuns.held(SampleRuns.running("3.3", "promote db2", 4)),
                SampleRuns.load(1120, 690)),
            look(
                13_600,
                SampleRuns.running("4", "compare every acknowledged transaction", 6),
                SampleRuns.load(1140, 0)));

    assertThat(watched)
        .isEqualTo(
            """
               0.1s         preparing: finding the system
               0.3s  1      wait until the system is in its steady state
               0.5s  1      met      steady-state: db2 streams from db1
               0.7s  2      send 100 transactions a second to the service
              12.2s  2      met      start-load: 100 in the last second
              12.4s  3      the primary dies: kill every process of db1
              12.6s  3      held     kill every process of db1 (over by 14:03:38 in any case)
              12.8s  3.1    notice the outage: 3 times in a row not \"the database answers\"
              12.8s  load   out      nothing acknowledged for 0.3 s; 1132 sent, 1120 acknowledged, 12 failed, 0 unknown
              13.1s  3.1    met      notice the outage: the database did not answer 3 times in a row
              13.1s  3.2    fence db1: end its processes, and let it start as a standby only
              13.2s  3.2    met      fence: db1 starts as a standby only
              13.2s  3.3    promote db2
              13.3s  3.3    met      promote: db2 writes on timeline 2
              13.5s  3      healed   kill every process of db1
              13.5s  3      met      the primary dies: held while 3 steps ran, then healed
              13.6s  4      compare every acknowledged transaction
              13.6s  load   back     acknowledged again, after at least 0.7 s
            """);
  }

  @Test
  void whoComesLaterIsToldEverythingThatHappened() {
    DrillStatus promoting = SampleRuns.held(SampleRuns.running("3.3", "promote db2", 4));

    assertThat(watch(look(13_200, promoting, null)))
        .isEqualTo(
            """
               0.1s  1      wait until the system is in its steady state
               0.5s  1      met      steady-state: db2 streams from db1
               0.5s  2      send 100 transactions a second to the service
              12.2s  2      met      start-load: 100 in the last second
              12.5s  3      the primary dies: kill every process of db1
              12.5s  3      held     kill every process of db1 (over by 14:03:38 in any case)
              12.5s  3.1    notice the outage: 3 times in a row not \"the database answers\"
              13.1s  3.1    met      notice the outage: the database did not answer 3 times in a row
              13.1s  3.2    fence db1: end its processes, and let it start as a standby only
              13.2s  3.2    met      fence: db1 starts as a standby only
              13.2s  3.3    promote db2
            """);
  }

  @Test
  void howARunIsStopped() {
    DrillReport report = SampleRuns.stopped();
    DrillStatus rollingBack =
        new DrillStatus(
            "rolling back",
            "3.3",
            "putting right whatever was left behind, last first",
            List.of(),
            report.steps(),
            report.findings(),
            null,
            null);
    DrillStatus closed =
        new DrillStatus(
            "closed",
            "3.3",
            "INCONCLUSIVE, stopped",
            List.of(),
            report.steps(),
            report.findings(),
            null,
            report);

    Look promoting =
        look(13_000, SampleRuns.held(SampleRuns.running("3.3", "promote db2", 4)), null);
    List<String> stopping = text.lines(promoting, look(13_500, rollingBack, null));
    List<String> closing = text.lines(look(13_500, rollingBack, null), look(14_000, closed, null));

    assertThat(String.join("\n", stopping) + "\n")
        .isEqualTo(
            """
              13.1s  3.3    stopped  promote: stopped
              13.4s  3      healed   kill every process of db1
              13.4s  3      stopped  the primary dies: stopped
              13.5s         finding  stopped (INCONCLUSIVE): the run was stopped: emergency stop
              13.5s         rolling back: putting right whatever was left behind, last first
            """);
    assertThat(closing).containsExactly("  14.0s         closed: INCONCLUSIVE, stopped");
  }

  @Test
  void aRunThatWaitsForTheLedgerSaysSoOnceAndWhenItIsOver() {
    DrillStatus goes = SampleRuns.running("3", KILL, 2);
    DrillStatus waits =
        new DrillStatus(
            goes.phase(),
            goes.path(),
            goes.doing(),
            goes.held(),
            goes.steps(),
            goes.findings(),
            "the ledger does not answer; trying again every second",
            null);

    Look before = look(12_400, goes, null);
    assertThat(text.lines(before, look(12_600, waits, null)))
        .containsExactly(
            "  12.6s         waiting  the ledger does not answer; trying again every second");
    assertThat(text.lines(look(12_600, waits, null), look(12_800, waits, null))).isEmpty();
    assertThat(text.lines(look(12_800, waits, null), look(13_000, goes, null)))
        .containsExactly("  13.0s         goes on  no longer waiting");
  }

  @Test
  void aFaultThatIsNotConfirmedToBeHealedStaysHeldAndIsTold() {
    DrillStatus held = SampleRuns.held(SampleRuns.running("3.3", "promote db2", 5));
    DrillStatus unconfirmed =
        new DrillStatus(
            "healing",
            held.path(),
            "NOT CONFIRMED on db1: the host did not answer",
            held.held(),
            held.steps(),
            List.of(Finding.doubt("heal-unconfirmed", "db1\nmay be dead", "look at it")),
            null,
            null);

    assertThat(text.lines(look(13_400, held, null), look(45_000, unconfirmed, null)))
        .containsExactly(
            "  45.0s         finding  heal-unconfirmed (INCONCLUSIVE): db1 may be dead",
            "  45.0s         healing: NOT CONFIRMED on db1: the host did not answer");
  }

  @Test
  void aClockThatDiffersDoesNotMixUpTheOrder() {
    DrillStatus sending = SampleRuns.running("2", "send", 1);

    // The run's clock is 9.9 s ahead of ours, or 40 s behind.
    assertThat(
            text.lines(
                look(2000, sending, null), look(2300, SampleRuns.running("3", KILL, 2), null)))
        .containsExactly(
            "   2.3s  2      met      start-load: 100 in the last second",
            "   2.3s  3      the primary dies: kill every process of db1");
    assertThat(
            text.lines(
                look(52_000, sending, null), look(52_300, SampleRuns.running("3", KILL, 2), null)))
        .containsExactly(
            "  52.0s  2      met      start-load: 100 in the last second",
            "  52.3s  3      the primary dies: kill every process of db1");
  }

  @Test
  void aRunThatWasResetBeginsAgainWithoutAWordAboutOldSteps() {
    DrillStatus late = SampleRuns.running("4", "compare", 6);
    DrillStatus early = SampleRuns.running("2", "send", 1);

    assertThat(text.lines(look(20_000, late, null), look(20_200, early, null))).isEmpty();
  }

  @Test
  void aLoadThatIsLostOrEndsIsToldOnce() {
    DrillStatus goes = SampleRuns.running("7", "stop the load", 6);
    LoadStatus lost =
        new LoadStatus("run", 90, 80, 7, 1, 2, 40, 0, 1, "no space left", false, List.of());
    LoadStatus ended = new LoadStatus("run", 90, 80, 7, 3, 0, 40, 0, 1, "", true, List.of());

    Look before = look(30_000, goes, SampleRuns.load(80, 0));
    assertThat(text.lines(before, look(30_200, goes, lost)))
        .containsExactly("  30.2s  load   LOST     the measurement is lost: no space left");
    assertThat(text.lines(look(30_200, goes, lost), look(30_400, goes, lost))).isEmpty();
    assertThat(text.lines(before, look(30_200, goes, ended)))
        .containsExactly("  30.2s  load   ended    90 sent, 80 acknowledged, 7 failed, 3 unknown");
    assertThat(text.lines(look(30_200, goes, ended), look(30_400, goes, ended))).isEmpty();
  }

  @Test
  void aHeldFaultIsToldEvenIfThePlanDoesNotKnowItsStep() {
    DrillStatus held = SampleRuns.held(phase("running", "something new"));

    assertThat(text.lines(look(9000, phase("running", "x"), null), look(9200, held, null)))
        .containsExactly(
            "   9.2s         held     kill every process of db1 (over by 14:03:38 in any case)");
  }

  @Test
  void oneAnswerThatFailsIsNoOutage() {
    DrillStatus goes = SampleRuns.running("2", "send", 1);

    assertThat(
            text.lines(
                look(2000, goes, SampleRuns.load(80, 0)),
                look(2200, goes, SampleRuns.load(99, 80))))
        .isEmpty();
  }

  private String watch(Look... looks) {
    List<String> lines = new ArrayList<>();
    Look before = null;
    for (Look look : looks) {
      lines.addAll(text.lines(before, look));
      before = look;
    }
    return String.join("\n", lines) + "\n";
  }

  private static DrillStatus phase(String phase, String doing) {
    return new DrillStatus(phase, "", doing, List.of(), List.of(), List.of(), null, null);
  }

  private static Look look(long millis, DrillStatus status, @Nullable LoadStatus load) {
    return new Look(status, load, Map.of(), SampleRuns.at(millis));
  }
}
