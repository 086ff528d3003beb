package dev.drillmaster.schema.migration;

import static dev.drillmaster.schema.Tables.AUDIT_EVENT;
import static dev.drillmaster.schema.Tables.INJECTION;
import static dev.drillmaster.schema.Tables.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.schema.tables.records.AuditEventRecord;
import dev.drillmaster.schema.tables.records.InjectionRecord;
import dev.drillmaster.schema.tables.records.OperatorCommandRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("lab")
@ExtendWith(LedgerServer.Extension.class)
class ComplianceViewsTest {

  private final DSLContext writer;
  private final DSLContext reader;
  private final UUID runId;

  ComplianceViewsTest(LedgerServer server) {
    writer = Rows.dsl(server.as(LedgerRole.WRITER));
    reader = Rows.dsl(server.as(LedgerRole.READER));
    runId = Rows.newRun(writer);
  }

  @ParameterizedTest(name = "objective {0}, measured {1} ± {2}: met {3}")
  @CsvSource({
    "5000, 3000, 100, true",
    "5000, 4950, 100, false", // within the error bar: not proved
    "5000, 4900, 100, true",
    "5000, 5001, 0, false",
    "5000, , 100, false", // measured, and the service never came back
    "5000, , , ",
    "5000, 3000, , ",
    ", 3000, 100, "
  })
  void a_recovery_time_is_met_only_when_it_is_proved(
      @Nullable Long objective,
      @Nullable Long measured,
      @Nullable Long error,
      @Nullable Boolean met) {
    AuditEventRecord ended = Rows.event(runId, "run-ended");
    writer.transaction(
        transaction -> {
          transaction.dsl().insertInto(AUDIT_EVENT).set(ended).execute();
          transaction
              .dsl()
              .update(RUN)
              .set(RUN.RTO_OBJECTIVE_MILLIS, objective)
              .set(RUN.RTO_MILLIS, measured)
              .set(RUN.RTO_ERROR_MILLIS, error)
              .set(RUN.ENDED_AT, Rows.START.plusMillis(9250))
              .set(RUN.OUTCOME, "completed")
              .set(RUN.AUDIT_ID, ended.getId())
              .where(RUN.RUN_ID.eq(runId))
              .execute();
        });

    Record drill = line("drills");
    assertThat(drill.get("rto_met", Boolean.class)).isEqualTo(met);
    assertThat(drill.get("duration_seconds", BigDecimal.class)).isEqualByComparingTo("9.25");
    assertThat(drill.get("outcome", String.class)).isEqualTo("completed");
  }

  @ParameterizedTest(name = "objectives {0} s, {1} lost; measured {2} s, {3} lost: met {4}")
  @CsvSource({
    "0, , 0, 0, true",
    "0, , 0, 1, false", // lost in the very instant: nothing may be lost, and something was
    "0, , 0, , ",
    "5, , 2.5, 40, true",
    "5, , 5.001, 40, false",
    "5, 10, 2.5, 40, false",
    "5, 10, , 40, false",
    "5, 10, , 4, ",
    ", 10, , 4, true",
    ", , 0, 0, "
  })
  void a_loss_is_within_its_objectives_only_when_it_is_proved(
      @Nullable BigDecimal objectiveSeconds,
      @Nullable Long objectiveTransactions,
      @Nullable BigDecimal seconds,
      @Nullable Long transactions,
      @Nullable Boolean met) {
    AuditEventRecord ended = Rows.event(runId, "run-ended");
    writer.transaction(
        transaction -> {
          transaction.dsl().insertInto(AUDIT_EVENT).set(ended).execute();
          transaction
              .dsl()
              .update(RUN)
              .set(RUN.RPO_OBJECTIVE_SECONDS, objectiveSeconds)
              .set(RUN.RPO_OBJECTIVE_TRANSACTIONS, objectiveTransactions)
              .set(RUN.RPO_SECONDS, seconds)
              .set(RUN.RPO_TRANSACTIONS, transactions)
              .set(RUN.AUDIT_ID, ended.getId())
              .where(RUN.RUN_ID.eq(runId))
              .execute();
        });

    assertThat(line("drills").get("rpo_met", Boolean.class)).isEqualTo(met);
  }

  @ParameterizedTest(name = "held {0} ms, verified {1}, longest gap {2} ms: within bound {3}")
  @CsvSource({
    "4000, true, , true", // held no longer than the bound: needs no renewal
    "60000, true, 900, true",
    "60000, true, 6001, false",
    "60000, true, , ",
    "4000, , 900, ",
    "4000, false, 900, ",
    "-1, true, 900, " // clocks that contradict each other prove nothing
  })
  void a_fault_was_within_its_bound_only_when_it_is_proved(
      long heldMillis, @Nullable Boolean verified, @Nullable Long gap, @Nullable Boolean within) {
    InjectionRecord injection = injection();
    injection.setState(Boolean.TRUE.equals(verified) ? "healed" : "unconfirmed");
    injection.setHealedAt(Rows.START.plusMillis(heldMillis));
    injection.setHealVerified(verified);
    injection.setLongestRenewalGapMillis(gap);
    injection.setHealedBy("watchdog");
    Rows.write(writer, Rows.event(runId, "fault-healed"), injection);

    Record fault = line("faults");
    assertThat(fault.get("held_within_bound", Boolean.class)).isEqualTo(within);
    assertThat(fault.get("held_seconds", BigDecimal.class))
        .isEqualByComparingTo(BigDecimal.valueOf(heldMillis, 3));
    assertThat(fault.get("healed_by", String.class)).isEqualTo("watchdog");
  }

  @Test
  void an_injection_is_not_healed_before_anybody_has_looked() {
    InjectionRecord injection = injection();
    injection.setState("healed");
    injection.setHealedAt(Rows.START.plusSeconds(1));

    assertThatThrownBy(() -> Rows.write(writer, Rows.event(runId, "fault-healed"), injection))
        .hasMessageContaining("injection_healed_is_verified");
    assertThat(writer.fetchCount(INJECTION, INJECTION.RUN_ID.eq(runId))).isZero();
  }

  @Test
  void staff_see_who_did_what_and_why_and_the_trail_behind_it() {
    OperatorCommandRecord command = new OperatorCommandRecord();
    command.setCommandId(UUID.randomUUID());
    command.setRunId(runId);
    command.setCommand("emergencyStop");
    command.setName("grace");
    command.setReason("customers are calling");
    command.setAssurance("declared");
    command.setReceivedAt(Rows.START.plusSeconds(2));
    AuditEventRecord event = Rows.event(runId, "operator-commanded");
    Rows.write(writer, event, command);

    Record action = line("operator_actions");
    assertThat(action.get("who", String.class)).isEqualTo("grace");
    assertThat(action.get("what", String.class)).isEqualTo("emergencyStop");
    assertThat(action.get("why", String.class)).isEqualTo("customers are calling");
    assertThat(action.get("received_at", Instant.class)).isEqualTo(Rows.START.plusSeconds(2));
    assertThat(
            reader
                .select(DSL.field("kind"), DSL.field("leaf_hash"))
                .from(DSL.table(DSL.name("compliance", "audit_trail")))
                .where(DSL.field("run_id", UUID.class).eq(runId))
                .orderBy(DSL.field("recorded_at"))
                .fetch(DSL.field("kind", String.class)))
        .containsExactly("run-started", "operator-commanded");
  }

  private InjectionRecord injection() {
    InjectionRecord injection = new InjectionRecord();
    injection.setInjectionId(UUID.randomUUID());
    injection.setRunId(runId);
    injection.setPath("2");
    injection.setFaultType("service-failure");
    injection.setMechanism("process-tree");
    injection.setTarget("db-a");
    injection.setHost("localhost");
    injection.setFault(JSONB.valueOf("{}"));
    injection.setLeaseSeconds(BigDecimal.valueOf(2));
    injection.setBoundSeconds(BigDecimal.valueOf(6));
    injection.setIntendedAt(Rows.START);
    injection.setInjectedAt(Rows.START);
    return injection;
  }

  private Record line(String view) {
    return reader
        .select()
        .from(DSL.table(DSL.name("compliance", view)))
        .where(DSL.field("run_id", UUID.class).eq(runId))
        .fetchSingle();
  }
}
