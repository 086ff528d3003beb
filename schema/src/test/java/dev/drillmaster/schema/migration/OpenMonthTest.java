package dev.drillmaster.schema.migration;

import static dev.drillmaster.schema.Tables.AUDIT_EVENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.schema.Routines;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

@Tag("lab")
@ExtendWith(LedgerServer.Extension.class)
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class OpenMonthTest {

  private final PGSimpleDataSource superuser;
  private final PGSimpleDataSource dataSource;
  private final DSLContext writer;

  OpenMonthTest(LedgerServer server) {
    superuser = server.superuser(server.shared());
    dataSource = server.as(LedgerRole.WRITER);
    writer = Rows.dsl(dataSource);
  }

  @Test
  void a_month_is_opened_once() {
    LocalDate month = LocalDate.of(2031, 12, 1);

    assertThat(Routines.openMonth(writer.configuration(), month)).isTrue();
    assertThat(Routines.openMonth(writer.configuration(), month)).isFalse();
  }

  @Test
  void eight_that_open_the_same_months_at_once_open_each_once() throws Exception {
    int racers = 8;
    int months = 12;
    ExecutorService pool = Executors.newFixedThreadPool(racers);
    try {
      CyclicBarrier start = new CyclicBarrier(racers);
      List<Future<Integer>> opened = new ArrayList<>();
      for (int racer = 0; racer < racers; racer++) {
        opened.add(
            pool.submit(
                () -> {
                  int made = 0;
                  for (int month = 1; month <= months; month++) {
                    start.await();
                    made +=
                        Routines.openMonth(writer.configuration(), LocalDate.of(2032, month, 1))
                            ? 1
                            : 0;
                  }
                  return made;
                }));
      }
      int made = 0;
      for (Future<Integer> one : opened) {
        made += one.get();
      }
      assertThat(made).isEqualTo(months);
    } finally {
      pool.shutdownNow();
    }
    assertThat(
            LedgerServer.ask(
                superuser,
                "SELECT count(*) FROM pg_inherits WHERE inhparent = 'ledger.audit_event'::regclass"
                    + " AND inhrelid::regclass::text LIKE '%audit_event_2032_%'"))
        .isEqualTo("12");
  }

  @Test
  void a_month_is_opened_while_another_transaction_writes() {
    Routines.openMonth(writer.configuration(), Rows.MONTH);

    writer.transaction(
        open -> {
          open.dsl()
              .insertInto(AUDIT_EVENT)
              .set(Rows.event(UUID.randomUUID(), "run-started"))
              .execute();
          LedgerServer.execute(
              dataSource, "SET lock_timeout = '2s'", "SELECT ledger.open_month('2033-01-01')");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"'2026-01-02'", "'1999-12-01'", "'infinity'", "NULL", "'0026-01-01 BC'"})
  void what_is_not_the_first_day_of_a_month_is_refused(String day) {
    assertThatThrownBy(
            () -> LedgerServer.execute(dataSource, "SELECT ledger.open_month(" + day + ")"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("not the first day of a month")
        .hasMessageContaining("UTC month in which the run started");
  }

  @Test
  void a_month_that_was_archived_is_not_opened_again() throws SQLException {
    LedgerServer.execute(dataSource, "SELECT ledger.open_month('2034-01-01')");
    LedgerServer.execute(
        superuser, "ALTER TABLE ledger.audit_event DETACH PARTITION ledger.audit_event_2034_01");

    assertThatThrownBy(
            () -> LedgerServer.execute(dataSource, "SELECT ledger.open_month('2034-01-01')"))
        .hasMessageContaining("were archived");
  }
}
