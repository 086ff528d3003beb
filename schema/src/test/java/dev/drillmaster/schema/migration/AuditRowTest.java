package dev.drillmaster.schema.migration;

import static dev.drillmaster.schema.Tables.AUDIT_EVENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.schema.Routines;
import dev.drillmaster.schema.tables.records.AuditEventRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("lab")
@ExtendWith(LedgerServer.Extension.class)
class AuditRowTest {

  private final DSLContext writer;
  private final DSLContext superuser;
  private final AuditEventRecord event = Rows.event(UUID.randomUUID(), "fault-injected");

  AuditRowTest(LedgerServer server) {
    writer = Rows.dsl(server.as(LedgerRole.WRITER));
    superuser = Rows.dsl(server.superuser(server.shared()));
    Routines.openMonth(writer.configuration(), Rows.MONTH);
  }

  static Stream<Consumer<AuditEventRecord>> what_is_wrong() {
    return Stream.of(
        e -> e.setLeafHash(Rows.leafHash(new byte[] {1})),
        // Without the zero byte in front: the hash of the bytes alone is no leaf.
        e -> e.setLeafHash(plain(e)),
        e -> e.setCanonical("{}".getBytes(StandardCharsets.UTF_8)),
        e -> e.setLeafHash(new byte[0]),
        e -> e.setAssurance("certain"),
        e -> e.setKind(""),
        e -> e.setActor(""),
        e -> e.setRecipe((short) 0),
        e -> e.setPayload(JSONB.valueOf("[]")));
  }

  private static byte[] plain(AuditEventRecord event) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(event.getCanonical());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("what_is_wrong")
  void a_row_that_cannot_be_true_is_refused(Consumer<AuditEventRecord> wrong) {
    wrong.accept(event);

    assertThatThrownBy(() -> writer.insertInto(AUDIT_EVENT).set(event).execute())
        .isInstanceOfSatisfying(
            DataAccessException.class,
            refusal -> assertThat(refusal.sqlState()).isEqualTo("23514"));
  }

  @Test
  void the_database_says_when_and_in_which_transaction_a_row_was_written() {
    Instant before = now();
    long transaction =
        writer.transactionResult(
            t -> {
              t.dsl().insertInto(AUDIT_EVENT).set(event).execute();
              return t.dsl()
                  .select(DSL.field("pg_current_xact_id()::text::bigint", Long.class))
                  .fetchSingle()
                  .value1();
            });

    AuditEventRecord written = superuser.fetchSingle(AUDIT_EVENT, AUDIT_EVENT.ID.eq(event.getId()));
    assertThat(written.getTransactionId()).isEqualTo(transaction);
    assertThat(written.getRecordedAt()).isBetween(before, now());
    assertThat(written.getOccurredAt()).isEqualTo(Rows.START);
  }

  private Instant now() {
    return superuser
        .select(DSL.field("clock_timestamp()", SQLDataType.INSTANT))
        .fetchSingle()
        .value1();
  }

  @Test
  void a_row_of_a_month_that_is_not_open_is_refused() {
    event.setMonth(LocalDate.of(2003, 2, 1));

    assertThatThrownBy(() -> writer.insertInto(AUDIT_EVENT).set(event).execute())
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("no partition of relation \"audit_event\" found for row");
  }
}
