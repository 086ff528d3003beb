package dev.drillmaster.schema.migration;

import static dev.drillmaster.schema.Tables.AUDIT_EVENT;
import static dev.drillmaster.schema.Tables.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.schema.tables.records.AuditEventRecord;
import dev.drillmaster.schema.tables.records.RunRecord;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

@Tag("lab")
@ExtendWith(LedgerServer.Extension.class)
class WriterRightsTest {

  private final PGSimpleDataSource writer;
  private final DSLContext dsl;

  WriterRightsTest(LedgerServer server) {
    writer = server.as(LedgerRole.WRITER);
    dsl = Rows.dsl(writer);
  }

  @BeforeEach
  void a_run_exists() {
    Rows.newRun(dsl);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE ledger.audit_event SET actor = 'nobody'",
        "DELETE FROM ledger.audit_event",
        "TRUNCATE ledger.audit_event",
        "TRUNCATE ledger.audit_event CASCADE",
        "INSERT INTO ledger.audit_event (month, id) SELECT month, id FROM ledger.audit_event"
            + " ON CONFLICT (month, id) DO UPDATE SET actor = 'nobody'",
        "UPDATE ledger.audit_event_2026_03 SET actor = 'nobody'",
        "DELETE FROM ledger.audit_event_2026_03",
        "TRUNCATE ledger.audit_event_2026_03",
        "INSERT INTO ledger.audit_event_2026_03 (month) VALUES ('2026-03-01')",
        "SELECT FROM ledger.audit_event_2026_03",
        "DROP TABLE ledger.audit_event_2026_03",
        "ALTER TABLE ledger.audit_event DETACH PARTITION ledger.audit_event_2026_03",
        "ALTER TABLE ledger.audit_event DISABLE TRIGGER ALL",
        "ALTER TABLE ledger.audit_event_2026_03 DISABLE TRIGGER ALL",
        "CREATE TABLE ledger.smuggled (LIKE ledger.audit_event)",
        "CREATE OR REPLACE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql"
            + " AS 'BEGIN RETURN NEW; END'"
      })
  void the_writer_cannot_change_or_remove_audit_rows(String statement) {
    Refused.NO_RIGHT.when(writer, statement);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT payload FROM ledger.audit_event",
        "SELECT * FROM ledger.flyway_schema_history",
        "SELECT * FROM compliance.drills",
        "SET ROLE drillmaster_owner",
        "SET session_replication_role = replica"
      })
  void the_writer_has_no_rights_that_it_does_not_need(String statement) {
    Refused.NO_RIGHT.when(writer, statement);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "step",
        "injection",
        "compensation",
        "observation",
        "finding",
        "operator_command",
        "campaign",
        "permit",
        "global_stop",
        "system_limit"
      })
  void the_writer_cannot_remove_state(String table) {
    Refused.NO_RIGHT.when(writer, "DELETE FROM ledger." + table);
    Refused.NO_RIGHT.when(writer, "TRUNCATE ledger." + table + " CASCADE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"recorded_at", "transaction_id"})
  void the_writer_cannot_say_when_a_row_was_written(String column) {
    Refused.NO_RIGHT.when(
        writer,
        "INSERT INTO ledger.audit_event (month, id, %s) VALUES ('2026-03-01', gen_random_uuid(), NULL)"
            .formatted(column));
  }

  @Test
  void an_event_that_is_written_again_is_the_same_row() {
    AuditEventRecord event = Rows.event(UUID.randomUUID(), "run-started");

    assertThat(insertOnce(event)).isEqualTo(1);
    assertThat(insertOnce(event)).isZero();
    assertThat(
            dsl.select(AUDIT_EVENT.LEAF_HASH)
                .from(AUDIT_EVENT)
                .where(AUDIT_EVENT.ID.eq(event.getId()))
                .fetch(AUDIT_EVENT.LEAF_HASH))
        .containsExactly(event.getLeafHash());
  }

  private int insertOnce(AuditEventRecord event) {
    return dsl.insertInto(AUDIT_EVENT)
        .set(event)
        .onConflict(AUDIT_EVENT.MONTH, AUDIT_EVENT.ID)
        .doNothing()
        .execute();
  }

  @Test
  void the_writer_changes_state_with_a_new_event() {
    UUID runId = Rows.newRun(dsl);
    AuditEventRecord ended = Rows.event(runId, "run-ended");

    dsl.transaction(
        transaction -> {
          transaction.dsl().insertInto(AUDIT_EVENT).set(ended).execute();
          RunRecord run = transaction.dsl().fetchSingle(RUN, RUN.RUN_ID.eq(runId));
          run.setEndedAt(Rows.START.plusSeconds(9));
          run.setOutcome("completed");
          run.setVerdict("PASSED");
          Rows.bind(run, ended);
          run.store();
        });

    RunRecord run = dsl.fetchSingle(RUN, RUN.RUN_ID.eq(runId));
    assertThat(run.getVerdict()).isEqualTo("PASSED");
    assertThat(run.getEndedAt()).isEqualTo(Rows.START.plusSeconds(9));
    assertThat(run.getAuditId()).isEqualTo(ended.getId());
  }
}
