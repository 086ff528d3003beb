package dev.drillmaster.schema.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

@Tag("lab")
@ExtendWith(LedgerServer.Extension.class)
class ReaderRightsTest {

  private final PGSimpleDataSource reader;

  ReaderRightsTest(LedgerServer server) {
    reader = server.as(LedgerRole.READER);
    Rows.newRun(Rows.dsl(server.as(LedgerRole.WRITER)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drills",
        "faults",
        "steps",
        "findings",
        "operator_actions",
        "audit_trail",
        "permits",
        "refusals",
        "global_stops",
        "agents"
      })
  void the_reader_reads_the_views_and_cannot_write_them(String view) throws SQLException {
    LedgerServer.execute(reader, "SELECT * FROM compliance." + view);

    // Asked, not tried: a view on two tables cannot be written by anybody, so trying proves
    // nothing.
    assertThat(
            LedgerServer.ask(
                reader,
                "SELECT has_table_privilege('compliance.%s', 'INSERT, UPDATE, DELETE, TRUNCATE')"
                    .formatted(view)))
        .isEqualTo("f");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM compliance.audit_trail",
        "UPDATE compliance.drills SET verdict = 'PASSED'",
        "SELECT * FROM ledger.audit_event",
        "SELECT * FROM ledger.audit_event_2026_03",
        "SELECT * FROM ledger.run",
        "SELECT * FROM ledger.injection",
        "SELECT * FROM ledger.flyway_schema_history",
        "SELECT ledger.open_month('2026-04-01')",
        "CREATE TABLE compliance.mine (id int)",
        "SET ROLE drillmaster_owner",
        "SET ROLE drillmaster_writer"
      })
  void the_reader_reaches_nothing_else(String statement) {
    Refused.NO_RIGHT.when(reader, statement);
  }
}
