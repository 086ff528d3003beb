package dev.drillmaster.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.control.ControlAddress;
import dev.drillmaster.control.ControlToken;
import dev.drillmaster.drillproxy.DrillProxy.RouteSettings;
import dev.drillmaster.lab.load.LoadProcess;
import dev.drillmaster.lab.service.ServiceSettings.Strength;
import dev.drillmaster.measure.JournalLine.Attempt;
import dev.drillmaster.measure.JournalLine.Outcome;
import dev.drillmaster.measure.JournalProblem;
import dev.drillmaster.measure.LoadControl;
import dev.drillmaster.measure.LoadJournal;
import dev.drillmaster.measure.LoadSettings;
import dev.drillmaster.measure.LoadStatus;
import dev.drillmaster.measure.LossMeasurement;
import dev.drillmaster.measure.OutageMeasurement;
import dev.drillmaster.measure.RecoveryTime;
import dev.drillmaster.measure.Sustained;
import dev.drillmaster.measure.TransferRow;
import dev.drillmaster.measure.TransferTable;
import dev.drillmaster.process.DetachedProcess;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.Signal;
import dev.drillmaster.proxy.ProxyControl;
import dev.drillmaster.proxy.Upstream;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The real load on two real services, through the real proxy, on real databases. */
@Tag("lab")
// One set of processes for all: each test begins with the route to the first database.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoadUnderFaultTest {

  private static final int RATE = 100;

  private final Path directory;
  private final StartedProcesses processes;
  private final List<ControlAddress> services = new ArrayList<>();
  private EmbeddedPostgres first;
  private EmbeddedPostgres second;
  private ProxyControl proxy;

  LoadUnderFaultTest(@TempDir Path directory) {
    this.directory = directory;
    this.processes = new StartedProcesses(directory);
  }

  @BeforeAll
  void start() throws Exception {
    first = processes.database();
    second = processes.database();
    proxy =
        processes.proxy(
            new RouteSettings("database", 0, upstream(first)),
            new RouteSettings("weak", 0, upstream(first)));
    int port = proxy.route("database").listenPort();
    services.add(processes.service("a", Strength.STRONG, port));
    services.add(processes.service("b", Strength.STRONG, port));
  }

  @AfterAll
  void stop() throws IOException {
    processes.close();
  }

  @BeforeEach
  void pointsToTheFirst() throws Exception {
    proxy.redirect("database", upstream(first));
  }

  private static Upstream upstream(EmbeddedPostgres database) {
    return new Upstream("127.0.0.1", database.getPort());
  }

  private static URI uri(ControlAddress service) {
    return URI.create("http://127.0.0.1:" + service.port());
  }

  private LoadSettings settings(String name) {
    return new LoadSettings(
        directory.resolve(name),
        services.stream().map(LoadUnderFaultTest::uri).toList(),
        Duration.ofSeconds(60));
  }

  private LoadControl launch(String name) throws Exception {
    long begin = System.nanoTime();
    LoadControl load = LoadControl.launch(LoadProcess.class, settings(name));
    processes.add(load.process());
    StartedProcesses.report("LoadProcess ready after %d ms", (System.nanoTime() - begin) / 1000000);
    return load;
  }

  private static LoadStatus await(LoadControl load, String what, Predicate<LoadStatus> wanted)
      throws Exception {
    long latest = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    while (true) {
      LoadStatus status = load.status();
      if (wanted.test(status)) {
        return status;
      }
      assertThat(System.nanoTime()).as("%s: %s", what, status).isLessThan(latest);
      Thread.sleep(20);
    }
  }

  private static void awaitOk(LoadControl load, long more) throws Exception {
    long ok = load.status().ok();
    await(load, "successes", status -> status.ok() >= ok + more);
  }

  private static List<TransferRow> rows(EmbeddedPostgres database, String run) throws Exception {
    try (Connection connection = database.getPostgresDatabase().getConnection()) {
      return TransferTable.read(connection, run);
    }
  }

  @Test
  void everyAcknowledgedTransferIsInTheTableAndDeletedOnesAreMissedExactly() throws Exception {
    String run = "steady";
    LoadControl load = launch(run);
    load.start(run, RATE);
    awaitOk(load, RATE);
    load.mark("injected");
    CpuMeter cpu = new CpuMeter();
    cpu.add("load", load.process());
    cpu.add("service a", services.get(0).process());
    awaitOk(load, 3 * RATE);
    cpu.report();
    LoadStatus last = load.stop();

    LoadJournal journal = load.journal();
    assertThat(journal.problems()).isEmpty();
    OutageMeasurement outage =
        OutageMeasurement.between(journal, "injected", "end", Sustained.DEFAULT);
    StartedProcesses.report("no fault: %s, latency %s", outage.recoveryTime(), outage.latency());
    assertThat(outage.outages()).isEmpty();
    assertThat(outage.recoveryTime().nanos()).isZero();
    assertThat(journal.outcomes().values()).extracting(Outcome::timeline).containsOnly(1);
    assertThat(journal.outcomes().values()).allSatisfy(o -> assertThat(o.lsn()).isNotNull());
    LossMeasurement loss =
        LossMeasurement.of(journal, rows(first, run), Optional.empty(), "injected");
    assertThat(loss.acknowledged()).isEqualTo((int) last.ok()).isGreaterThan(4 * RATE - 1);
    assertThat(loss.transactions()).isZero();
    assertThat(loss.findings()).isEmpty();
    assertThat(awaitEnd(load.process())).as("the stopped load ends").isTrue();
    assertSeededLossIsFound(journal, run);
  }

  private static boolean awaitEnd(ProcessId process) throws InterruptedException {
    long latest = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (process.isRunning() && System.nanoTime() < latest) {
      Thread.sleep(10);
    }
    return !process.isRunning();
  }

  /** The instrument's own test: what is known to be lost must be found, and nothing else. */
  private void assertSeededLossIsFound(LoadJournal journal, String run) throws Exception {
    try (Connection connection = first.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM transfer WHERE run = 'steady' AND sequence IN (7, 11, 30)");
      statement.execute(
          "INSERT INTO transfer (id, run, sequence, amount, instance)"
              + " SELECT id, run, sequence, amount, instance FROM transfer"
              + " WHERE run = 'steady' AND sequence = 8");
    }
    LossMeasurement loss =
        LossMeasurement.of(journal, rows(first, run), Optional.empty(), "injected");
    assertThat(loss.lost()).extracting(TransferRow::sequence).containsExactly(7L, 11L, 30L);
    assertThat(loss.duplicates()).isEqualTo(1);
  }

  @Test
  void anUnreachableDatabaseIsAnOutageUntilTheRouteLeadsToAnother() throws Exception {
    String run = "redirected";
    LoadControl load = launch(run);
    load.start(run, RATE);
    awaitOk(load, RATE);
    // Nothing listens there: as after a crash of the primary.
    proxy.redirect("database", new Upstream("127.0.0.1", 1));
    load.mark("injected");
    await(load, "an outage", status -> status.currentOutageMillis() > 700);
    proxy.redirect("database", upstream(second));
    long redirected = load.mark("redirected");
    awaitOk(load, RATE);
    load.stop();

    LoadJournal journal = load.journal();
    OutageMeasurement outage =
        OutageMeasurement.between(journal, "injected", "end", Sustained.DEFAULT);
    RecoveryTime rto = outage.recoveryTime();
    long afterRedirect = outage.longest().orElseThrow().firstSuccess() - redirected;
    StartedProcesses.report(
        "redirect: %s, recovered %d ms after it", rto, afterRedirect / 1_000_000);
    assertThat(rto.measured()).isTrue();
    assertThat(rto.millis()).isBetween(700L, 2500L);
    assertThat(rto.errorMillis()).isLessThanOrEqualTo(150);
    assertThat(afterRedirect).isLessThan(Duration.ofMillis(500).toNanos());
    // Everything acknowledged is in one of the two, and nothing that was refused is.
    List<TransferRow> rows = new ArrayList<>(rows(first, run));
    rows.addAll(rows(second, run));
    LossMeasurement loss = LossMeasurement.of(journal, rows, Optional.empty(), "injected");
    assertThat(loss.transactions()).isZero();
    assertThat(loss.findings()).isEmpty();
    assertThat(rows(second, run)).isNotEmpty();
  }

  @Test
  void aFrozenServiceDoesNotSlowTheLoadDown() throws Exception {
    String run = "frozen";
    LoadControl load = launch(run);
    load.start(run, RATE);
    awaitOk(load, 50);
    ProcessId frozen = services.get(0).process();
    Signal.STOP.send(List.of(frozen));
    long begin = load.mark("injected");
    long attempts = load.status().attempts();
    await(load, "attempts", status -> status.attempts() > attempts + 3 * RATE);
    Signal.CONT.send(List.of(frozen));
    load.stop();

    LoadJournal journal = load.journal();
    assertThat(journal.problems()).isEmpty();
    List<Attempt> during =
        journal.attempts().stream().filter(attempt -> attempt.due() > begin).toList();
    for (int i = 1; i < during.size(); i++) {
      assertThat(during.get(i).due() - during.get(i - 1).due()).isEqualTo(1_000_000_000L / RATE);
    }
    long late =
        during.stream().filter(attempt -> attempt.sent() - attempt.due() > 100_000_000).count();
    assertThat(late).as("attempts sent more than 100 ms late").isZero();
    assertThat(during.stream().filter(attempt -> !journal.isOk(attempt)))
        .isNotEmpty()
        .extracting(Attempt::instance)
        .containsOnly(0);
  }

  @Test
  void aKilledLoadLeavesEveryLineItWrote() throws Exception {
    String run = "killed";
    LoadControl load = launch(run);
    load.start(run, RATE);
    awaitOk(load, 50);
    LoadStatus before = load.status();
    Signal.KILL.send(List.of(load.process()));
    assertThat(awaitEnd(load.process())).isTrue();

    LoadJournal journal = load.journal();
    assertThat(journal.problems())
        .extracting(JournalProblem::kind)
        .containsOnly(JournalProblem.Kind.NOT_ENDED);
    assertThat(journal.attempts().size()).isGreaterThanOrEqualTo((int) before.attempts());
    assertThat(journal.attempts().stream().filter(journal::isOk).count())
        .isGreaterThanOrEqualTo(before.ok());
    List<TransferRow> sent =
        journal.attempts().stream().map(a -> new TransferRow(a.id(), a.sequence())).toList();
    assertThat(sent).containsAll(rows(first, run));
    assertThatThrownBy(() -> LoadControl.in(directory.resolve(run)))
        .hasMessageContaining("no longer runs");
  }

  @Test
  void aJournalThatCannotBeWrittenStopsTheLoadAndSaysSo() throws Exception {
    String run = "full";
    LoadSettings settings = settings(run);
    Files.createDirectories(settings.directory());
    ControlToken.create(settings.token());
    // A limit on the size of files stands for a full disk: write(2) fails in the middle.
    List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f 128; exec \"$@\"", "sh"));
    command.addAll(DetachedProcess.java(LoadProcess.class, 96, settings.arguments()));
    Process process =
        DetachedProcess.start(command, Map.of(), settings.directory(), settings.log());
    processes.add(ProcessId.of(process.pid()).orElseThrow());
    ControlAddress.await(settings.address(), process, settings.log(), Duration.ofSeconds(20));
    LoadControl load = LoadControl.in(settings.directory());
    load.start(run, 1000);

    LoadStatus status = await(load, "a lost journal", s -> !s.lost().isEmpty());
    assertThat(status.lost()).contains("the journal cannot be written");
    assertThatThrownBy(() -> load.mark("injected")).hasMessageContaining("not in the journal");
    long attempts = load.status().attempts();
    load.stop();

    assertThat(load.journal().attempts()).hasSize((int) attempts);
    assertThat(load.journal().isWhole()).isFalse();
  }

  @Test
  void aLoadServesOneRunAndEndsByItselfAtItsLatestEnd() throws Exception {
    LoadSettings settings =
        new LoadSettings(
            directory.resolve("short"), List.of(uri(services.get(0))), Duration.ofSeconds(2));
    LoadControl load = LoadControl.launch(LoadProcess.class, settings);
    processes.add(load.process());
    assertThatThrownBy(() -> load.mark("early")).hasMessageContaining("no load runs");
    load.start("short", 10);
    assertThatThrownBy(() -> load.start("other", 10)).hasMessageContaining("409");
    assertThat(awaitEnd(load.process())).isTrue();
    assertThat(load.journal().isWhole()).isTrue();
  }

  @Test
  void aProgramThatEndsBeforeItIsReadyIsReportedWithItsLog() {
    assertThatThrownBy(() -> LoadControl.launch(String.class, settings("broken")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("before it was ready")
        .hasMessageContaining("load.log");
  }

  @Test
  void theServiceTellsWhetherItsDatabaseCanBeWritten() throws Exception {
    assertThat(get(services.get(0), "/ready")).isEqualTo(200);
    awaitHealth(200);
    proxy.redirect("database", new Upstream("127.0.0.1", 1));
    awaitHealth(503);
    assertThat(get(services.get(0), "/ready")).isEqualTo(200);
    readOnly(second, true);
    try {
      proxy.redirect("database", upstream(second));
      awaitHealth(503);
    } finally {
      readOnly(second, false);
    }
    // The same server, writable again: the connections from before are not kept.
    awaitHealth(200);
  }

  @Test
  void theWeakServiceWaitsWhereTheStrongOneGivesUp() throws Exception {
    ControlAddress weak =
        processes.service("weak", Strength.WEAK, proxy.route("weak").listenPort());
    assertThat(get(weak, "/health")).isEqualTo(200);
    // Accepts connections in its backlog and never says a word, like a frozen server.
    try (ServerSocket silent = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
      Upstream frozen = new Upstream("127.0.0.1", silent.getLocalPort());
      proxy.redirect("database", frozen);
      proxy.redirect("weak", frozen);

      assertThat(get(services.get(0), "/health")).isEqualTo(503);
      assertThatThrownBy(() -> askUntilItHangs(weak)).isInstanceOf(HttpTimeoutException.class);
    }
  }

  /** The pool still holds up to eight broken connections, each good for one quick error. */
  private static void askUntilItHangs(ControlAddress service) throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(get(service, "/health")).isEqualTo(503);
    }
  }

  private static void readOnly(EmbeddedPostgres database, boolean on) throws Exception {
    try (Connection connection = database.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SET default_transaction_read_only = off");
      statement.execute("ALTER SYSTEM SET default_transaction_read_only = " + (on ? "on" : "off"));
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  private void awaitHealth(int wanted) throws Exception {
    long latest = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (get(services.get(0), "/health") != wanted) {
      assertThat(System.nanoTime()).as("health becomes %d", wanted).isLessThan(latest);
    }
  }

  private static int get(ControlAddress service, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(service).resolve(path)).timeout(Duration.ofSeconds(3)).build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
