package dev.drillmaster.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.drillmaster.audit.Assurance;
import dev.drillmaster.audit.AuditBatch;
import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.RunEvent;
import dev.drillmaster.ledger.Ledger;
import dev.drillmaster.ledger.OpenRuns;
import dev.drillmaster.process.Signal;
import dev.drillmaster.reaper.OpenRun;
import dev.drillmaster.schema.migration.LedgerRole;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag("lab")
// One home for the tests that find a running database and leave one behind.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerDatabaseTest {

  private static final Duration WRITE_ENDS_WITHIN = Duration.ofSeconds(5);
  private static final Duration BOUND = Duration.ofSeconds(20);

  private LedgerHome home;
  private LedgerDatabase database;

  @BeforeAll
  void start() throws Exception {
    home = LedgerHome.withPrograms("home");
    database = home.database();
    database.start();
  }

  @AfterAll
  void stop() throws Exception {
    home.close();
  }

  @Test
  void anAbsentHomeGetsADatabaseThatCanBeWrittenAndStopped() throws Exception {
    try (LedgerHome fresh = LedgerHome.absent()) {
      LedgerDatabase made = fresh.database();
      assertThat(made.isRunning()).isFalse();
      made.stop();

      made.start();

      assertThat(made.isRunning()).isTrue();
      assertThat(port(made)).isBetween(15_000, 32_000);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh.home().root())))
          .isEqualTo("rwx------");
      try (HikariDataSource writer = made.writer()) {
        UUID run = UUID.randomUUID();
        new Ledger(writer).record(batch(run));
        assertThat(openRuns(writer)).containsExactly(run);
        assertThat(text(writer, "select current_user")).isEqualTo("drillmaster_writer");
        assertThat(text(writer, "show data_checksums")).isEqualTo("on");
        assertThat(text(writer, "show synchronous_commit")).isEqualTo("on");
      }

      made.stop();
      assertThat(made.isRunning()).isFalse();
      assertThat(fresh.processes()).isEmpty();
    }
  }

  @Test
  void aSecondStartIsQuickAndLeavesTheServerAlone() throws Exception {
    database.start();
    long postmaster = home.postmaster();
    List<Long> millis = new ArrayList<>();
    // The best of several: the machine has other work, too.
    while (millis.stream().noneMatch(taken -> taken < 300) && millis.size() < 20) {
      long begin = System.nanoTime();
      LedgerDatabase.of(home.home()).start();
      millis.add((System.nanoTime() - begin) / 1_000_000);
    }

    assertThat(millis).anyMatch(taken -> taken < 300);
    assertThat(home.postmaster()).isEqualTo(postmaster);
  }

  @Test
  void whatWasWrittenOutlivesAKillAndThePoolTooIsUsableAgain() throws Exception {
    UUID run = UUID.randomUUID();
    try (HikariDataSource writer = database.writer()) {
      new Ledger(writer).record(batch(run));
      Signal.KILL.send(home.processes());

      database.start();

      assertThat(awaitOpenRuns(writer)).contains(run);
    }
  }

  @Test
  void aTakenPortIsReplacedAndThePoolFollows() throws Exception {
    UUID run = UUID.randomUUID();
    int before = port(database);
    try (HikariDataSource writer = database.writer()) {
      new Ledger(writer).record(batch(run));
      database.stop();
      try (ServerSocket other = new ServerSocket(before, 1, InetAddress.getLoopbackAddress())) {
        database.start();

        assertThat(port(database)).isNotEqualTo(other.getLocalPort()).isBetween(15_000, 32_000);
        assertThat(awaitOpenRuns(writer)).contains(run);
      }
    }
    assertThat(text(database, "select 1")).isEqualTo("1");
  }

  @Test
  void programsThatStartAtOnceStartOneDatabase() throws Exception {
    try (LedgerHome shared = LedgerHome.withPrograms("shared")) {
      Program first = Program.start(shared, "db", "url", "--role", "writer");
      Program second = Program.start(shared, "db", "url", "--role", "writer");
      Thread third = startInThread(shared.database());

      assertThat(first.exitCode()).as(first.errors()).isZero();
      assertThat(second.exitCode()).as(second.errors()).isZero();
      third.join(BOUND.toMillis());

      String url = shared.database().url(LedgerRole.WRITER);
      assertThat(first.output()).isEqualTo(url + "\n");
      assertThat(second.output()).isEqualTo(url + "\n");
      assertThat(text(shared.database(), "select 1")).isEqualTo("1");
      assertThat(Files.readString(shared.home().ledger().resolve("postgres.log")))
          .containsOnlyOnce("ready to accept connections")
          .doesNotContain("ERROR");
    }
  }

  @Test
  void anAttemptToWriteEndsSoonWhenTheDatabaseIsFrozen() throws Exception {
    try (HikariDataSource writer = database.writer()) {
      Ledger ledger = new Ledger(writer);
      ledger.record(batch(UUID.randomUUID()));
      var frozen = home.processes();
      Signal.STOP.send(frozen);
      try {
        // First with a connection that was just used, then with none that lives.
        assertFailsSoon(ledger);
        assertFailsSoon(ledger);
      } finally {
        Signal.CONT.send(frozen);
      }
      UUID after = UUID.randomUUID();
      awaitWritten(ledger, after);
      assertThat(openRuns(writer)).contains(after);
    }
  }

  @Test
  void aHomeWithoutADatabaseSaysSo() throws Exception {
    try (LedgerHome empty = LedgerHome.withPrograms("empty")) {
      assertThatThrownBy(() -> empty.database().url(LedgerRole.READER))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("initialise it");
      assertThatThrownBy(() -> empty.database().writer()).isInstanceOf(IOException.class);
    }
  }

  private static void assertFailsSoon(Ledger ledger) {
    long begin = System.nanoTime();
    assertThatThrownBy(() -> ledger.record(batch(UUID.randomUUID())))
        .isInstanceOf(RuntimeException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(WRITE_ENDS_WITHIN);
  }

  private static Thread startInThread(LedgerDatabase database) {
    Thread thread =
        new Thread(
            () -> {
              try {
                database.start();
              } catch (IOException | InterruptedException failed) {
                throw new IllegalStateException(failed);
              }
            },
            "third");
    thread.start();
    return thread;
  }

  private static int port(LedgerDatabase database) throws IOException {
    return URI.create(database.url(LedgerRole.READER)).getPort();
  }

  private static void awaitWritten(Ledger ledger, UUID run) throws InterruptedException {
    await(
        () -> {
          ledger.record(batch(run));
          return List.of(run);
        });
  }

  private static List<UUID> awaitOpenRuns(HikariDataSource source) throws InterruptedException {
    return await(() -> openRuns(source));
  }

  /** Asks until there is an answer: a pool needs a moment to find a database that is back. */
  private static List<UUID> await(java.util.function.Supplier<List<UUID>> question)
      throws InterruptedException {
    long latest = System.nanoTime() + BOUND.toNanos();
    while (true) {
      try {
        return question.get();
      } catch (RuntimeException notYet) {
        if (System.nanoTime() >= latest) {
          throw notYet;
        }
        Thread.sleep(50);
      }
    }
  }

  private static List<UUID> openRuns(HikariDataSource source) {
    return new OpenRuns(source).all().stream().map(OpenRun::runId).toList();
  }

  private static String text(LedgerDatabase database, String sql) throws IOException, SQLException {
    try (HikariDataSource source = database.writer()) {
      return text(source, sql);
    }
  }

  private static String text(HikariDataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  private static AuditBatch batch(UUID run) {
    Instant noon = Instant.parse("2026-05-17T12:00:00Z");
    DrillPlan plan = new DrillPlan("failover", null, null, "lab", null, null, null, null, null);
    RunEvent.RunStarted started =
        new RunEvent.RunStarted(
            "failover-" + run, plan, "somebody", "test", noon, noon.plusSeconds(300), null);
    return new AuditBatch(
        List.of(
            new AuditEntry(
                UUID.randomUUID(),
                run,
                run,
                LocalDate.of(2026, 5, 1),
                noon,
                "drillmaster",
                Assurance.SYSTEM,
                started)));
  }
}
