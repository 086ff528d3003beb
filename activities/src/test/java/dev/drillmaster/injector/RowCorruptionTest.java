package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.RowCorruption;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.postgres.ServerRoom;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RowCorruptionTest extends InjectorContract<RowLab> {

  private static final int MANY = 100_000;
  private static final String KEPT = "SELECT count(*) FROM pg_class WHERE relname ~ 'drillmaster'";

  /** Of the rows that hold the wrong value, in order. */
  private static final String WRONG =
      "SELECT string_agg(id::text, ',' ORDER BY id) FROM account WHERE balance = -1";

  private ServerRoom room;
  private PostgresServer server;

  @BeforeAll
  void startTheServer() throws Exception {
    room = new ServerRoom();
    server = room.primary("rows");
  }

  @AfterAll
  void closeTheRoom() throws Exception {
    room.close();
  }

  @Override
  RowLab start(Path made) throws IOException, InterruptedException {
    try {
      return new RowLab(made, server);
    } catch (SQLException refused) {
      throw new IOException(refused);
    }
  }

  @Override
  Fault fault() {
    return fault("account", 20, 0);
  }

  private static Fault fault(String table, int rows, long seed) {
    return new RowCorruption("postgres", table, "balance", "-1", rows, seed);
  }

  @Override
  boolean armed(InjectionSpec spec) throws IOException {
    return lab.watchdogRuns(spec);
  }

  @Override
  Object untouched() throws IOException {
    return List.of(server.postmaster(), lab.serves());
  }

  @Override
  boolean effectSeen() {
    return lab.saysSomethingElse();
  }

  @Test
  void aHundredThousandRowsAreRestoredByteForByte() throws Exception {
    lab.makeTable("big", MANY);
    String before = lab.checksum("big");
    Fault many = fault("public.big", MANY, 1);
    InjectionSpec spec = HostLab.spec(many, Duration.ofSeconds(20), Duration.ofMinutes(1));
    lab.injections().inject(spec, () -> {});
    assertThat(lab.query("SELECT count(*) FROM big WHERE balance = -1")).isEqualTo("" + MANY);
    assertThat(lab.checksum("big")).isNotEqualTo(before);
    HealReport report = lab.injections().heal(spec, "workflow");
    assertThat(report.verified()).isTrue();
    assertThat(lab.checksum("big")).isEqualTo(before);
    assertThat(lab.query(KEPT)).isEqualTo("0");
    Duration took = Duration.between(report.healStartedAt(), report.healedAt());
    System.out.printf(
        "row-corruption: %d rows restored in %d ms, bound %d; sha256 before and after %s%n",
        MANY, took.toMillis(), spec.fault().healTime().toMillis(), before);
    assertThat(took).isLessThan(spec.fault().healTime());
  }

  @Test
  void theSeedChoosesTheRows() throws Exception {
    String first = corrupted(7);
    assertThat(first.split(",")).hasSize(5);
    assertThat(corrupted(7)).isEqualTo(first);
    assertThat(corrupted(8)).isNotEqualTo(first);
  }

  private String corrupted(long seed) throws Exception {
    InjectionSpec spec = HostLab.spec(fault("account", 5, seed));
    lab.injections().inject(spec, () -> {});
    String wrong = lab.query(WRONG);
    lab.injections().heal(spec, "workflow");
    return wrong;
  }

  @Test
  void whatOthersChangedMeanwhileIsLeftAloneAndCounted() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    lab.injections().inject(spec, () -> {});
    lab.execute(
        """
        SET session_replication_role = replica;
        UPDATE account SET balance = 7 WHERE id = (SELECT min(id) FROM account WHERE balance = -1);
        DELETE FROM account WHERE id = (SELECT max(id) FROM account WHERE balance = -1);
        """);
    HealReport report = lab.injections().heal(spec, "workflow");
    assertThat(report.verified()).isTrue();
    assertThat(report.inspection().detail()).contains("but 2 that others changed");
    assertThat(lab.query("SELECT count(*) FROM account WHERE balance = 7")).isEqualTo("1");
    assertThat(lab.query("SELECT count(*) FROM account WHERE balance = -1")).isEqualTo("0");
    assertThat(lab.query("SELECT count(*) FROM account")).isEqualTo("" + (RowLab.ROWS - 1));
  }

  @Test
  void aTableThatWasDroppedIsHealed() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    lab.injections().inject(spec, () -> {});
    lab.execute("DROP TABLE account");
    assertThat(lab.injections().heal(spec, "workflow").verified()).isTrue();
    assertThat(lab.query(KEPT)).isEqualTo("0");
  }

  @Test
  void aServerThatIsDownIsHealedWhenItRunsAgain() throws Exception {
    InjectionSpec spec = HostLab.spec(fault(), Duration.ofSeconds(30), Duration.ofMinutes(1));
    lab.injections().inject(spec, () -> {});
    server.kill(ServerRoom.BOUND);
    assertThatThrownBy(() -> lab.injections().heal(spec, "workflow"))
        .isInstanceOf(NotHealedException.class)
        .hasMessageContaining("does not run");
    server.start(ServerRoom.BOUND);
    server.awaitReady(ServerRoom.BOUND);
    assertThat(effectSeen()).isTrue();
    assertThat(lab.injections().heal(spec, "workflow").verified()).isTrue();
    assertThat(lab.serves()).isTrue();
  }

  /** It would commit as soon as it thaws. */
  @Test
  void whoFroseBeforeItsCommitCommitsNothingAfterTheHeal() throws Exception {
    InjectionSpec spec = HostLab.spec(fault(), Duration.ofSeconds(20), Duration.ofMinutes(1));
    Process injecting;
    ProcessId id;
    try (Connection other = server.connect("postgres", Duration.ofSeconds(20));
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT FROM account FOR UPDATE");
      injecting = lab.process("hold", spec);
      assertThat(Poll.until(Duration.ofSeconds(10), () -> waits(spec))).isTrue();
      id = HostLab.id(injecting);
      Signal.STOP.send(List.of(id));
    }
    assertThat(lab.injections().heal(spec, "workflow").verified()).isTrue();
    Signal.CONT.send(List.of(id));
    injecting.waitFor();
    assertThat(lab.serves()).isTrue();
    assertThat(lab.query(KEPT)).isEqualTo("0");
  }

  private boolean waits(InjectionSpec spec) throws IOException {
    try {
      String waiting =
          "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND"
              + " application_name = 'drillmaster %s'".formatted(spec.id());
      return lab.query(waiting).equals("1");
    } catch (SQLException silent) {
      throw new IOException(silent);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "nothing, balance, 0, 1, has no table nothing",
    "account, nothing, 0, 1, has no column nothing",
    "account, id, 0, 1, is of the primary key",
    "account, balance, many, 1, \"many\" cannot be written to balance",
    "account, balance, 1.50, 200, has only 199 rows",
    "keyless, id, 0, 1, has no primary key",
  })
  void whatCannotBeIsRefused(String table, String column, String value, int rows, String why)
      throws Exception {
    lab.execute("CREATE TABLE keyless AS SELECT 1 AS id");
    RowCorruption fault = new RowCorruption("postgres", table, column, value, rows, null);
    assertThatThrownBy(() -> lab.injections().prepare(HostLab.spec(fault)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(why);
  }
}
