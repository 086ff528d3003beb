package dev.drillmaster.ledger;

import static dev.drillmaster.ledger.LedgerRoom.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.audit.Assurance;
import dev.drillmaster.audit.AuditBatch;
import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.audit.NamedId;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.FenceStep;
import dev.drillmaster.drill.Measurement;
import dev.drillmaster.drill.Objectives;
import dev.drillmaster.drill.RunEvent;
import dev.drillmaster.drill.Timeline;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("lab")
class ClosedRunsTest {

  private static final DrillPlan PLAN =
      new DrillPlan(
          "failover",
          "The <primary> dies",
          null,
          "lab",
          null,
          new Objectives(Duration.ofSeconds(5), Duration.ofMillis(1500)),
          null,
          List.of(new FenceStep(null, null, null, null)),
          null);

  private static final Timeline TIMELINE =
      new Timeline(
          NOON,
          100,
          List.of(10, 3),
          List.of(0, 7),
          List.of(2100L, 900L),
          Map.of("injecting", 131L));

  private static LedgerRoom room;
  private static Ledger ledger;
  private static ClosedRuns closedRuns;

  private final LedgerRoom.Run run = new LedgerRoom.Run();
  private final String name = "failover-" + run.id;

  @BeforeAll
  static void startLedger() throws IOException, InterruptedException {
    room = LedgerRoom.open();
    ledger = new Ledger(room.writer());
    closedRuns = new ClosedRuns(room.writer());
  }

  @AfterAll
  static void stopLedger() throws IOException, InterruptedException {
    room.close();
  }

  @Test
  void aRunThatIsOverIsReadWithItsPlanAndWhatOperatorsDid() throws IOException {
    ledger.record(run.batch(started(name, NOON)));
    command("emergencyStop", "", "", NOON.plusSeconds(2));
    command("approve", "Ada", "the window is open", NOON.plusSeconds(1));
    DrillReport report = report(run.id, name, NOON);
    ledger.record(run.batch(new RunEvent.RunEnded(report)));

    ClosedRun closed = closedRuns.named(name).orElseThrow();

    assertThat(closed.requester()).isEqualTo("somebody");
    assertThat(closed.orchestrator()).isEqualTo("embedded 12:34");
    assertThat(closed.environment()).isEqualTo("lab");
    assertThat(closed.planDigest()).matches("[0-9a-f]{64}");
    assertThat(Wire.json().readValue(closed.plan(), DrillPlan.class)).isEqualTo(PLAN);
    assertThat(Wire.json().readValue(closed.report(), DrillReport.class)).isEqualTo(report);
    assertThat(closed.actions())
        .containsExactly(
            new ClosedRun.OperatorAction(
                NOON.plusSeconds(1), "approve", "Ada", "the window is open", "declared"),
            new ClosedRun.OperatorAction(NOON.plusSeconds(2), "emergencyStop", "", "", "declared"));
    assertThat(closedRuns.of(run.id)).contains(closed);
  }

  @Test
  void aRunThatGoesOnIsNoClosedRunYetHasItsLine() {
    Instant newestOfAll = Instant.parse("2026-05-30T12:00:00Z");
    ledger.record(run.batch(started(name, newestOfAll)));

    assertThat(closedRuns.named(name)).isEmpty();
    assertThat(closedRuns.of(run.id)).isEmpty();
    assertThat(closedRuns.figures().get(0))
        .isEqualTo(
            new RunFigures(
                run.id,
                name,
                "failover",
                newestOfAll,
                null,
                null,
                null,
                null,
                null,
                5000L,
                null,
                null,
                null,
                1.5));
  }

  @Test
  void ofSeveralRunsOfOneNameTheNewestIsMeant() {
    LedgerRoom.Run later = new LedgerRoom.Run();
    closed(later, NOON.plusSeconds(60));
    closed(run, NOON);

    assertThat(closedRuns.named(name).orElseThrow().runId()).isEqualTo(later.id);
    assertThat(closedRuns.figures()).extracting(RunFigures::runId).contains(run.id, later.id);
  }

  @Test
  void theNewestIsTheOneThatBeganLast() {
    closed(run, Instant.parse("2026-05-29T12:00:00Z"));

    assertThat(closedRuns.newest().orElseThrow().runId()).isEqualTo(run.id);
  }

  @Test
  void figuresAreThoseOfTheReport() {
    closed(run, NOON);

    assertThat(closedRuns.figures())
        .contains(
            new RunFigures(
                run.id,
                name,
                "failover",
                NOON,
                NOON.plusSeconds(30),
                Verdict.PASSED,
                Outcome.COMPLETED,
                932L,
                21L,
                5000L,
                3L,
                0.12,
                8192L,
                1.5));
  }

  @Test
  void aNameThatTheLedgerDoesNotKnowHasNoRun() {
    assertThat(closedRuns.named("' or true --")).isEmpty();
    assertThat(closedRuns.of(UUID.randomUUID())).isEmpty();
  }

  private void closed(LedgerRoom.Run which, Instant at) {
    ledger.record(
        which.batch(started(name, at), new RunEvent.RunEnded(report(which.id, name, at))));
  }

  private void command(String command, String who, String why, Instant at) {
    AuditEntry entry = run.entry(new RunEvent.OperatorCommanded(command, who, why, null), at);
    ledger.record(
        new AuditBatch(
            List.of(
                new AuditEntry(
                    NamedId.of(run.id, command),
                    entry.runId(),
                    entry.executionId(),
                    entry.month(),
                    at,
                    "operator",
                    Assurance.DECLARED,
                    entry.event()))));
  }

  private static RunEvent.RunStarted started(String name, Instant at) {
    return new RunEvent.RunStarted(
        name, PLAN, "somebody", "embedded 12:34", at, at.plusSeconds(300), null);
  }

  private static DrillReport report(UUID runId, String name, Instant at) {
    Measurement measured =
        new Measurement(
            932L, 21, 3, 0.12, 8192, 0, 0, 2, 20, 13, Map.of("detected", 431L), null, TIMELINE);
    return new DrillReport(
        name,
        runId,
        "failover",
        Verdict.PASSED,
        Outcome.COMPLETED,
        at,
        at.plusSeconds(30),
        new DrillReport.Rto(932L, 21, 5000L),
        new DrillReport.Rpo(3, 0.12, 8192, 1.5),
        measured,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null);
  }
}
