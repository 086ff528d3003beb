package dev.drillmaster.schema.migration;

import static dev.drillmaster.schema.Tables.AUDIT_EVENT;
import static dev.drillmaster.schema.Tables.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.schema.Routines;
import dev.drillmaster.schema.tables.records.AuditEventRecord;
import dev.drillmaster.schema.tables.records.FindingRecord;
import dev.drillmaster.schema.tables.records.RunRecord;
import java.time.LocalDate;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("lab")
@ExtendWith(LedgerServer.Extension.class)
class StateIsAuditedTest {

  private static final String FOREIGN_KEY = "23503";
  private static final String NOT_AUDITED = "23001";

  private final DSLContext writer;
  private final UUID runId;

  StateIsAuditedTest(LedgerServer server) {
    writer = Rows.dsl(server.as(LedgerRole.WRITER));
    runId = Rows.newRun(writer);
  }

  @Test
  void state_without_an_audit_event_is_refused() {
    FindingRecord finding = finding();
    Rows.bind(finding, Rows.event(runId, "finding-raised"));

    refused(FOREIGN_KEY, () -> writer.insertInto(finding.getTable()).set(finding).execute());
  }

  @Test
  void state_with_an_audit_event_of_an_earlier_transaction_is_refused() {
    AuditEventRecord earlier = Rows.event(runId, "finding-raised");
    writer.insertInto(AUDIT_EVENT).set(earlier).execute();
    FindingRecord finding = finding();
    Rows.bind(finding, earlier);

    refused(NOT_AUDITED, () -> writer.insertInto(finding.getTable()).set(finding).execute());
  }

  @Test
  void state_with_an_audit_event_of_another_run_is_refused() {
    UUID anotherRun = Rows.newRun(writer);

    refused(
        NOT_AUDITED, () -> Rows.write(writer, Rows.event(anotherRun, "finding-raised"), finding()));
  }

  @Test
  void a_change_of_state_without_a_new_event_is_refused() {
    refused(
        NOT_AUDITED,
        () -> writer.update(RUN).set(RUN.REQUESTER, "eve").where(RUN.RUN_ID.eq(runId)).execute());

    assertThat(writer.fetchSingle(RUN, RUN.RUN_ID.eq(runId)).getRequester()).isEqualTo("ada");
  }

  @Test
  void saying_the_same_again_needs_no_new_event() {
    RunRecord run = writer.fetchSingle(RUN, RUN.RUN_ID.eq(runId));
    run.changed(true);

    assertThat(writer.insertInto(RUN).set(run).onConflict(RUN.RUN_ID).doUpdate().set(run).execute())
        .isEqualTo(1);
  }

  @Test
  void all_rows_of_a_run_carry_the_month_of_the_run() {
    LocalDate next = Rows.MONTH.plusMonths(1);
    Routines.openMonth(writer.configuration(), next);
    AuditEventRecord event = Rows.event(runId, "finding-raised");
    event.setMonth(next);

    refused(FOREIGN_KEY, () -> Rows.write(writer, event, finding()));
  }

  private FindingRecord finding() {
    FindingRecord finding = new FindingRecord();
    finding.setFindingId(UUID.randomUUID());
    finding.setRunId(runId);
    finding.setCode("rto-missed");
    finding.setSeverity("high");
    finding.setSummary("5.2 s without service, 5 s allowed");
    finding.setRemedy("Shorten the client's timeouts.");
    finding.setRaisedAt(Rows.START);
    return finding;
  }

  private static void refused(String sqlState, ThrowingCallable write) {
    assertThatThrownBy(write)
        .isInstanceOfSatisfying(
            DataAccessException.class,
            refusal -> assertThat(refusal.sqlState()).as(refusal.getMessage()).isEqualTo(sqlState));
  }
}
