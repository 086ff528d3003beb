package dev.drillmaster.ledger;

import static dev.drillmaster.ledger.LedgerRoom.MONTH;
import static dev.drillmaster.ledger.LedgerRoom.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.audit.Assurance;
import dev.drillmaster.audit.AuditBatch;
import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.audit.AuditEvent;
import dev.drillmaster.audit.LedgerActivities;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.FenceStep;
import dev.drillmaster.drill.RunEvent;
import dev.drillmaster.drill.SettleCompensation;
import dev.drillmaster.drill.StepResult;
import dev.drillmaster.drill.StepStatus;
import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.HoldReport;
import dev.drillmaster.injection.Injected;
import dev.drillmaster.injection.InjectionEvent;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("lab")
class LedgerTest {

  private static LedgerRoom room;
  private static Ledger ledger;

  private final LedgerRoom.Run run = new LedgerRoom.Run();

  @BeforeAll
  static void startLedger() throws IOException, InterruptedException {
    room = LedgerRoom.open();
    ledger = new Ledger(room.writer());
  }

  @AfterAll
  static void stopLedger() throws IOException, InterruptedException {
    room.close();
  }

  @Test
  void aRunIsKeptWithItsStepsInjectionsCompensationsAndFindings() throws SQLException, IOException {
    ledger.record(wholeRun());

    assertThat(text("select plan_name || ' ' || requester from ledger.run where run_id = ?"))
        .isEqualTo("failover somebody");
    assertThat(text("select state || ' ' || healed_by from ledger.injection where run_id = ?"))
        .isEqualTo("healed workflow");
    assertThat(text("select status from ledger.step where run_id = ?")).isEqualTo("met");
    assertThat(text("select state from ledger.compensation where run_id = ?"))
        .isEqualTo("registered");
    assertThat(text("select verified::text from compliance.faults where run_id = ?"))
        .isEqualTo("true");
  }

  @Test
  void aRetriedWriteChangesNothing() throws SQLException, IOException {
    AuditBatch batch = wholeRun();
    ledger.record(batch);
    String before =
        text(
            "select string_agg(id::text, ',' order by recorded_at) from ledger.audit_event where run_id = ?");

    ledger.record(batch);

    assertThat(
            text(
                "select string_agg(id::text, ',' order by recorded_at) from ledger.audit_event where run_id = ?"))
        .isEqualTo(before);
    assertThat(text("select count(*)::text from ledger.step where run_id = ?")).isEqualTo("1");
  }

  @Test
  void aBatchIsWrittenWhollyOrNotAtAll() throws SQLException, IOException {
    AuditEntry started = run.entry(started());
    // A step of a run that the ledger does not know cannot be kept.
    UUID unknown = UUID.randomUUID();
    AuditEntry orphan =
        new AuditEntry(
            UUID.randomUUID(),
            unknown,
            unknown,
            MONTH,
            NOON,
            "drillmaster",
            Assurance.SYSTEM,
            new RunEvent.StepStarted("1", "fence", "fence", Duration.ofSeconds(1)));

    assertThatThrownBy(() -> ledger.record(new AuditBatch(List.of(started, orphan))))
        .hasMessageContaining("step");

    assertThat(text("select count(*)::text from ledger.audit_event where run_id = ?"))
        .isEqualTo("0");
  }

  @Test
  void nothingIsTakenAfterAnEventThatIsNotThere() throws SQLException, IOException {
    AuditEntry first = run.entry(started());
    AuditEntry second =
        run.entry(new RunEvent.StepStarted("1", "fence", "", Duration.ofSeconds(1)));
    AuditBatch after = new AuditBatch(List.of(second), first.id());

    assertThatThrownBy(() -> ledger.record(after))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> assertThat(failure.getType()).isEqualTo(LedgerActivities.BEHIND));
    assertThat(text("select count(*)::text from ledger.audit_event where run_id = ?"))
        .isEqualTo("0");

    ledger.record(new AuditBatch(List.of(first)));
    ledger.record(after);
    assertThat(text("select status from ledger.step where run_id = ?")).isEqualTo("running");
  }

  @Test
  void whatOperatorsDidToARunThatWasLostIsAnAuditEventAtLeast() throws SQLException, IOException {
    ledger.record(run.batch(new RunEvent.OperatorCommanded("terminate", "ada", "why not", 7L)));

    assertThat(text("select count(*)::text from ledger.operator_command where run_id = ?"))
        .isEqualTo("0");
    assertThat(text("select payload->>'reason' from ledger.audit_event where run_id = ?"))
        .isEqualTo("why not");
  }

  @Test
  void theStoredBytesAreCanonicalAndHashToTheLeaf() throws SQLException, IOException {
    ledger.record(wholeRun());

    assertThat(
            text(
                "select convert_from(canonical, 'UTF8') from ledger.audit_event where run_id = ? and kind = 'fault-healed'"))
        .startsWith("{\"actor\":\"drillmaster\",\"assurance\":\"system\",\"event\":{\"heal\":{")
        .doesNotContain(": ");
    assertThat(
            text(
                "select bool_and(leaf_hash = sha256('\\x00'::bytea || canonical))::text from ledger.audit_event where run_id = ?"))
        .isEqualTo("true");
  }

  private AuditBatch wholeRun() {
    InjectionSpec spec =
        new InjectionSpec(
            InjectionSpec.idOf(run.id, "1", "db1", 1),
            run.id,
            "1",
            new ProcessTreeFailure(ProcessTreeFailure.Mode.FREEZE),
            "db1",
            "lab",
            Duration.ofSeconds(10),
            Duration.ofSeconds(60));
    HealReport heal =
        new HealReport(
            NOON,
            NOON.plusMillis(40),
            "workflow",
            true,
            false,
            new Inspection(Inspection.State.ABSENT, "all run"));
    return run.batch(
        started(),
        new RunEvent.StepStarted("1", "fence", "fence", Duration.ofSeconds(10)),
        new RunEvent.CompensationRegistered(1, "1", new SettleCompensation()),
        new InjectionEvent.FaultIntended(spec, "3 processes run"),
        new InjectionEvent.FaultInjected(
            spec.id(), new Injected(NOON, new Inspection(Inspection.State.PRESENT, "frozen"))),
        new InjectionEvent.FaultHealed(
            spec.id(), heal, new HoldReport(7, Duration.ofMillis(900), false, "healed")),
        new RunEvent.StepEnded("1", StepStatus.MET, "done", StepResult.of("done")));
  }

  private static AuditEvent started() {
    DrillPlan plan =
        new DrillPlan(
            "failover",
            null,
            null,
            "lab",
            null,
            null,
            null,
            List.of(new FenceStep(null, null, null, null)),
            null);
    return new RunEvent.RunStarted(
        "failover-1", plan, "somebody", "test", NOON, NOON.plusSeconds(300), null);
  }

  private String text(String sql) throws SQLException, IOException {
    return room.text(sql.replace("?", "'" + run.id + "'"));
  }
}
