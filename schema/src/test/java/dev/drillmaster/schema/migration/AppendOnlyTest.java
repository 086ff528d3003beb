package dev.drillmaster.schema.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

@Tag("lab")
@ExtendWith(LedgerServer.Extension.class)
class AppendOnlyTest {

  private static final String AS_SUPERUSER = "SET ROLE NONE";
  private static final String AS_OWNER = "SET ROLE drillmaster_owner";
  private static final String AS_REPLICA = "SET session_replication_role = replica";

  private static final String COUNT = "SELECT count(*) FROM ledger.audit_event";

  private final PGSimpleDataSource superuser;

  AppendOnlyTest(LedgerServer server) {
    superuser = server.superuser(server.shared());
    Rows.newRun(Rows.dsl(server.as(LedgerRole.WRITER)));
  }

  static Stream<Arguments> everybody_and_every_change() {
    return Stream.of(AS_SUPERUSER, AS_OWNER, AS_REPLICA)
        .flatMap(
            who ->
                Stream.of("ledger.audit_event", "ledger.audit_event_2026_03")
                    .flatMap(
                        table ->
                            Stream.of(
                                    "UPDATE %s SET actor = 'nobody'",
                                    "UPDATE %s SET actor = 'nobody' WHERE false",
                                    "DELETE FROM %s",
                                    "TRUNCATE %s CASCADE",
                                    "MERGE INTO %1$s t USING %1$s s ON t.id = s.id"
                                        + " WHEN MATCHED THEN DELETE",
                                    "INSERT INTO %1$s SELECT * FROM %1$s ON CONFLICT (month, id)"
                                        + " DO UPDATE SET actor = 'nobody'")
                                .map(change -> Arguments.of(who, change.formatted(table)))));
  }

  @ParameterizedTest
  @MethodSource("everybody_and_every_change")
  void nobody_changes_or_removes_audit_rows(String who, String change) throws SQLException {
    String before = LedgerServer.ask(superuser, COUNT);

    Refused.APPEND_ONLY.when(superuser, who, change);

    assertThat(before).isNotEqualTo("0").isEqualTo(LedgerServer.ask(superuser, COUNT));
  }

  @Test
  void the_refusal_says_why_and_what_to_do() {
    assertThatThrownBy(() -> LedgerServer.execute(superuser, "DELETE FROM ledger.audit_event"))
        .hasMessageContaining("DELETE on ledger.audit_event refused")
        .hasMessageContaining("append-only for every role")
        .hasMessageContaining("record another event");
  }

  /** The trigger for each row stands alone where statements fire none, as in a subscriber. */
  @Test
  void each_of_the_two_triggers_refuses_by_itself() throws SQLException {
    for (String trigger : List.of("append_only_row", "append_only_statement")) {
      String disabled = "ALTER TABLE ledger.audit_event_2026_03 DISABLE TRIGGER " + trigger;
      Refused.APPEND_ONLY.when(
          superuser, "BEGIN", disabled, "DELETE FROM ledger.audit_event_2026_03");
    }
    assertThat(LedgerServer.ask(superuser, COUNT)).isNotEqualTo("0");
  }
}
