package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.database.LedgerDatabase;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ledger is put back to how it was a few seconds ago, as by a restore from a backup, while
 * faults are held: what it has lost comes back from the runs and from the journals of the hosts.
 */
@Tag("server")
@Tag("full")
class LedgerBehindTest {

  private static final String LOOK = "{step: steady-state}";

  private final DrilledServer server;
  private AgentRoom one;
  private AgentRoom two;

  LedgerBehindTest(@TempDir Path directory) throws IOException {
    this.server = new DrilledServer(directory);
  }

  @BeforeEach
  void up() throws Exception {
    server.up();
    one = server.room("one");
    two = server.room("two");
    server.start(one);
    server.start(two);
  }

  @AfterEach
  void down() throws Exception {
    server.down();
  }

  @Test
  void aRunThatGoesOnWritesAgainWhatWasLostAndNobodyElseInjectsMeanwhile() throws Exception {
    RunHandle before = hold(two);
    backUp();
    RunHandle after = hold(one);
    UUID held = injection(one);
    restore();
    assertThat(server.column("SELECT host FROM ledger.injection")).containsExactly("two");

    server.reap();

    assertThat(unknown()).containsExactly(held + " in force");
    DrillReport other =
        server.start(TwoAgents.plan("one", LOOK)).await(DrilledHome.PATIENCE).orElseThrow();
    assertThat(other.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(other.findings())
        .extracting(Finding::summary)
        .contains("injection " + held + " is still open on target payments: heal it");
    assertThat(one.frozen()).isTrue();

    Instant told = Instant.now();
    after.emergencyStop();
    before.emergencyStop();
    assertThat(codes(after)).containsExactlyInAnyOrder("stopped", "ledger-behind");
    assertThat(codes(before)).containsExactly("stopped");
    HealReport healed = one.journal().healed(held).orElseThrow();
    MeasuredEnd.within(
        MeasuredEnd.HEAL, "emergencyStop, ledger behind", healed.by(), told, healed.healedAt());
    assertThat(server.column("SELECT state || ' ' || host FROM ledger.injection ORDER BY host"))
        .containsExactly("healed one", "healed two");
    assertThat(booksOf(after)).containsExactly("INCONCLUSIVE stopped");
    assertThat(
            server.column(
                "SELECT count(*) FROM ledger.audit_event WHERE kind = 'fault-healed' GROUP BY"
                    + " payload->>'injectionId'"))
        .containsExactly("1", "1");
    assertThat(
            server.column(
                "SELECT kind FROM ledger.audit_event WHERE run_id = '"
                    + after.runId()
                    + "' AND kind LIKE 'run-%' ORDER BY recorded_at"))
        .as("it ended, and then with the finding that came of writing that")
        .containsExactly("run-started", "run-ended", "run-ended");
    assertThat(server.drilled.ledger().unaudited()).isEmpty();
  }

  @Test
  void whatNoRunCanTellAnyMoreIsWrittenFromTheJournalBeforeTheReaperEndsTheRun() throws Exception {
    RunHandle over = hold(one);
    RunHandle waits = server.start(TwoAgents.held("one"), Duration.ofMinutes(5));
    assertThat(DrilledHome.await(() -> waits.status().phase().equals("waiting"))).isTrue();
    UUID first = injection(one);
    backUp();
    over.emergencyStop();
    assertThat(over.await(DrilledHome.PATIENCE)).isPresent();
    assertThat(DrilledHome.await(() -> one.injections().size() == 2 && one.frozen())).isTrue();
    UUID second = one.injections().stream().filter(id -> !id.equals(first)).findAny().orElseThrow();
    restore();
    assertThat(
            server.column(
                "SELECT injection_id::text FROM ledger.injection WHERE healed_at IS NULL"))
        .containsExactly(first.toString());

    server.terminate(waits);
    assertThat(DrilledHome.await(one::runs)).isTrue();
    server.reap();

    assertThat(booksOf(over)).containsExactly("INCONCLUSIVE stopped");
    assertThat(booksOf(waits)).containsExactly("INCONCLUSIVE stopped");
    assertThat(findingsOf(over)).containsExactly("ledger-behind high");
    assertThat(findingsOf(waits))
        .containsExactly("ended-from-outside medium", "ledger-behind high");
    assertThat(server.column("SELECT injection_id || ' ' || state FROM ledger.injection"))
        .containsExactlyInAnyOrder(first + " healed", second + " healed");
    assertThat(
            server.column(
                "SELECT actor FROM compliance.audit_trail WHERE kind = 'fault-intended' AND run_id = '"
                    + waits.runId()
                    + "'"))
        .containsExactly("journal of one");
    assertThat(server.drilled.ledger().unaudited()).isEmpty();
  }

  @Test
  void aFaultOfARunThatNobodyKnowsAnyMoreIsAnEventOfTheAuditTrail() throws Exception {
    backUp();
    RunHandle run = hold(one);
    restore();

    server.terminate(run);
    assertThat(DrilledHome.await(one::runs)).isTrue();
    server.reap();

    assertThat(unknown()).contains(injection(one) + " over").hasSizeLessThan(3);
    assertThat(booksOf(run)).isEmpty();
    assertThat(server.reap()).doesNotContain(injection(one).toString());
  }

  private RunHandle hold(AgentRoom room) throws IOException, InterruptedException {
    RunHandle run = server.hold(room);
    String inside = "SELECT 1 FROM ledger.step WHERE path = '1.1' AND run_id = '" + run.runId();
    assertThat(DrilledHome.await(() -> !server.column(inside + "'").isEmpty())).isTrue();
    return run;
  }

  private void backUp() throws Exception {
    whileTheLedgerIsDown(() -> run("cp", "-a", ledger(), ledger() + ".backup"));
  }

  private void restore() throws Exception {
    whileTheLedgerIsDown(
        () -> {
          run("rm", "-r", ledger());
          run("mv", ledger() + ".backup", ledger());
        });
  }

  private String ledger() {
    return server.drilled.home().ledger().toString();
  }

  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  /** The worker starts a ledger that is down again at once: it waits for the same lock. */
  @SuppressWarnings("try") // The lock is held, not used.
  private void whileTheLedgerIsDown(Work work) throws Exception {
    LedgerDatabase database = LedgerDatabase.of(server.drilled.home());
    Path lock = server.drilled.home().root().resolve("ledger.lock");
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      database.stop();
      work.run();
    }
    database.start();
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private static UUID injection(AgentRoom room) throws IOException {
    return room.injections().get(0);
  }

  private List<String> unknown() throws IOException {
    return server.column(
        "SELECT concat(payload #>> '{injection,id}', CASE WHEN payload->'heal' <> 'null' THEN"
            + " ' over' WHEN payload->'injected' <> 'null' THEN ' in force' END)"
            + " FROM compliance.audit_trail WHERE kind = 'fault-unknown' ORDER BY recorded_at");
  }

  private static List<String> codes(RunHandle run) throws InterruptedException {
    DrillReport report = run.await(DrilledHome.PATIENCE).orElseThrow();
    assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    return report.findings().stream().map(Finding::code).toList();
  }

  private List<String> booksOf(RunHandle run) throws IOException {
    return server.column(
        "SELECT verdict || ' ' || outcome FROM ledger.run WHERE run_id = '" + run.runId() + "'");
  }

  private List<String> findingsOf(RunHandle run) throws IOException {
    return server.column(
        "SELECT code || ' ' || severity FROM compliance.findings WHERE run_id = '"
            + run.runId()
            + "' ORDER BY code");
  }
}
