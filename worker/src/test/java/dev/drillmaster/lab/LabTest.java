package dev.drillmaster.lab;

import static dev.drillmaster.lab.LabRoom.BOUND;
import static dev.drillmaster.lab.LabRoom.POLL;
import static dev.drillmaster.lab.LabRoom.book;
import static dev.drillmaster.lab.LabRoom.pids;
import static dev.drillmaster.lab.LabRoom.ports;
import static dev.drillmaster.lab.LabRoom.processesBelow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.cli.Main;
import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.home.Home;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import dev.drillmaster.journal.Fence;
import dev.drillmaster.journal.HostJournal;
import dev.drillmaster.journal.HostLock;
import dev.drillmaster.postgres.Passwords;
import dev.drillmaster.process.DetachedProcess;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.Signal;
import dev.drillmaster.tier.ChildArguments;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Tag("lab")
// One lab for all: each test begins with it up.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabTest {

  private static final List<String> PROGRAMS =
      List.of("proxy", "service-1", "service-2", "service-weak");
  private static final List<String> NODES = List.of("db1", "db2");
  private static final InjectionSpec INJECTION =
      new InjectionSpec(
          UUID.randomUUID(),
          UUID.randomUUID(),
          "1",
          new ProcessTreeFailure(ProcessTreeFailure.Mode.KILL),
          "service-2",
          "here",
          Duration.ofSeconds(2),
          Duration.ofMinutes(1));
  private static final HealReport HEALED =
      new HealReport(
          Instant.EPOCH,
          Instant.EPOCH,
          "test",
          false,
          false,
          new Inspection(Inspection.State.ABSENT, "never begun"));

  private final Path directory;
  private final LabRoom room;
  private final Lab lab;
  private final HostJournal journal;
  private final List<String> saidFirst = new ArrayList<>();

  LabTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.room = new LabRoom(directory, "home");
    this.lab = room.lab;
    this.journal = new HostJournal(room.home.journal());
  }

  @BeforeAll
  void firstUp() throws Exception {
    long begin = System.nanoTime();
    room.up();
    saidFirst.addAll(room.said);
    StartedProcesses.report("first up took %d ms: %s", LabRoom.millisSince(begin), saidFirst);
  }

  @BeforeEach
  void isUp() throws Exception {
    LabStatus status = room.up();
    assertThat(status.up()).as(status.text()).isTrue();
    room.said.clear();
  }

  @AfterAll
  void end() throws Exception {
    try {
      lab.down();
    } finally {
      Signal.KILL.send(processesBelow(directory));
    }
  }

  @Test
  void aNewLabIsAPairWithServicesThatWriteToThePrimary() throws Exception {
    LabStatus status = lab.status();

    assertThat(status.primary()).contains("db1");
    assertThat(status.part("db1").role()).startsWith("primary, timeline ");
    assertThat(status.part("db2").role()).startsWith("standby, streams from db1, timeline ");
    assertThat(status.part("proxy").role()).isEqualTo("route database leads to db1");
    assertThat(status.part("service-1").role()).isEqualTo("healthy");
    assertThat(status.text()).contains("PART").endsWith("The lab is up.\n");
    assertThat(ports(status).values()).allSatisfy(port -> assertThat(port).isBetween(15000, 31999));

    UUID id = UUID.randomUUID();
    for (URI service : room.system().load().services()) {
      book(service, id);
    }
    for (String database : List.of("service-database", "db1", "db2")) {
      assertThat(Poll.until(BOUND, POLL, () -> room.count(database, id).equals("2")))
          .as(database)
          .isTrue();
    }
    assertThat(room.query("db1", "SHOW data_checksums")).isEqualTo("on");
  }

  @Test
  void aSecondUpReusesEverythingAndIsQuick() throws Exception {
    Map<String, Long> before = pids(lab.status());
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long begin = System.nanoTime();
      room.up();
      best = Math.min(best, LabRoom.millisSince(begin));
    }
    StartedProcesses.report("an up that has nothing to do took %d ms", best);

    assertThat(best).isLessThan(500);
    assertThat(pids(lab.status())).isEqualTo(before);
    assertThat(room.said).isEmpty();
  }

  @Test
  void killedProgramsAreStartedAgainAndTheDatabasesAreLeftAlone() throws Exception {
    Map<String, Long> before = pids(lab.status());
    Signal.KILL.send(room.processes(PROGRAMS));

    Map<String, Long> after = pids(room.up());

    assertThat(room.said)
        .containsExactlyInAnyOrder(
            "starting proxy", "starting service-1", "starting service-2", "starting service-weak");
    NODES.forEach(node -> assertThat(after).containsEntry(node, before.getOrDefault(node, 0L)));
  }

  @Test
  void aKilledPairStartsAsWhatItWas() throws Exception {
    Signal.KILL.send(room.processes(NODES));

    assertThat(room.up().primary()).contains("db1");

    assertThat(room.said).containsExactly("starting db1", "starting db2");
  }

  @Test
  @SuppressWarnings("try") // The arguments are in force, not used.
  void whatIsFrozenOrRunsOtherwiseThanDefinedIsStartedAnew() throws Exception {
    Map<String, Long> before = pids(lab.status());
    Signal.STOP.send(room.processes(List.of("proxy")));
    Map<String, Long> after;
    try (ChildArguments upgraded = ChildArguments.with("-Ddrillmaster.upgraded=true")) {
      after = pids(room.up());
    }

    PROGRAMS.forEach(name -> assertThat(after.get(name)).isNotEqualTo(before.get(name)));
    PROGRAMS.forEach(name -> assertThat(room.processes(List.of(name))).hasSize(1));
    NODES.forEach(name -> assertThat(after.get(name)).isEqualTo(before.get(name)));
  }

  @Test
  void twoAtOnceTakeTurns() throws Exception {
    Signal.KILL.send(room.processes(PROGRAMS));
    Process other = room.maker("other.log");

    LabStatus mine = room.up();

    assertThat(other.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(directory.resolve("other.log"))).contains("The lab is up.\n");
    assertThat(pids(lab.status())).isEqualTo(pids(mine));
    PROGRAMS.forEach(name -> assertThat(room.processes(List.of(name))).as(name).hasSize(1));
  }

  @Test
  @SuppressWarnings("try") // The lock is held, not used here.
  void aFencedNodeIsLeftToSettle() throws Exception {
    Signal.KILL.send(room.processes(List.of("db2")));
    try (HostLock lock = journal.lockTarget("db2", BOUND)) {
      journal.fence(lock, new Fence("db2", "test", "a test", Instant.EPOCH, null, null));
    }
    assertThat(lab.status().text()).contains("down, fenced").contains("not as it should be");

    LabStatus status = room.up();

    assertThat(room.said).doesNotContain("starting db2");
    assertThat(status.up()).isTrue();
    assertThat(status.part("db2").fenced()).isFalse();
  }

  @Test
  void withAnOpenInjectionNothingIsStarted() throws Exception {
    assertThat(journal.intend(INJECTION)).isTrue();
    Signal.KILL.send(room.processes(List.of("service-2")));
    try {
      assertThatThrownBy(room::up)
          .isInstanceOf(IOException.class)
          .hasMessageContaining(INJECTION.id() + " on service-2")
          .hasMessageContaining("run drillmaster heal");
      assertThat(lab.status().part("service-2").role()).isEqualTo("down");
    } finally {
      journal.bury(INJECTION.id());
      journal.writeHealed(INJECTION.id(), HEALED);
    }
  }

  @Test
  void aProgramWhosePortIsTakenGetsAnother() throws Exception {
    int port = ports(lab.status()).getOrDefault("service-1", 0);
    kill("service-1");
    int chosen;
    try (ServerSocket guest = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      chosen = ports(room.up()).getOrDefault("service-1", 0);
      assertThat(chosen).isNotEqualTo(guest.getLocalPort());
    }
    assertThat(room.said.get(0)).startsWith("port " + port + " of service-1 is taken");
    assertThat(room.system().endpoints()).containsEntry("service-1", "http://127.0.0.1:" + chosen);
  }

  @Test
  void aDatabaseWhosePortIsTakenIsRefusedWithWhatToDo() throws Exception {
    int port = ports(lab.status()).getOrDefault("db2", 0);
    kill("db2");
    try (ServerSocket guest = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(room::up)
          .hasMessageContaining("port " + guest.getLocalPort())
          .hasMessageContaining("belongs to db2")
          .hasMessageContaining("stop that one");
    }
  }

  private void kill(String part) throws Exception {
    Signal.KILL.send(room.processes(List.of(part)));
    assertThat(Poll.until(BOUND, POLL, () -> !lab.status().part(part).running())).isTrue();
  }

  @Test
  void noPasswordIsShown() throws Exception {
    Path root = room.home.lab();
    Passwords passwords = new Passwords(root.resolve("passwords"));
    List<String> secrets = new ArrayList<>();
    for (String role : List.of(Passwords.SUPERUSER, Passwords.REPLICATION, "ledger")) {
      secrets.add(passwords.read(role));
    }
    secrets.add(Files.readString(root.resolve("proxy").resolve("proxy.token")).strip());

    StringBuilder shown = new StringBuilder(saidFirst + lab.status().text());
    for (ProcessId process : processesBelow(root)) {
      shown.append(RunningCommand.of(process));
    }
    try (Stream<Path> files = Files.walk(room.home.root())) {
      for (Path file : files.filter(LabTest::isShown).toList()) {
        shown.append(Files.readString(file));
      }
    }
    assertThat(shown).contains("LedgerService").contains("service-database");
    assertThat(secrets).noneMatch(secret -> shown.indexOf(secret) >= 0);
  }

  private static boolean isShown(Path file) {
    return file.toString().endsWith(".log") || file.toString().endsWith(".json");
  }

  @Test
  void downEndsEvenWhatIsFrozenAndTheNextUpFindsTheData() throws Exception {
    UUID id = UUID.randomUUID();
    book(room.system().load().services().get(0), id);
    Map<String, Integer> before = ports(lab.status());
    Signal.STOP.send(room.processes(List.of("service-1", "db2")));

    lab.down();

    assertThat(processesBelow(room.home.root())).isEmpty();
    LabStatus down = lab.status();
    assertThat(down.text()).contains("The lab is down.");
    assertThat(down.parts()).allSatisfy(part -> assertThat(part.role()).isEqualTo("down"));
    lab.down();
    assertThat(ports(room.up())).isEqualTo(before);
    assertThat(room.count("db2", id)).isEqualTo("1");
  }

  @Test
  void theCommandSaysHowTheLabIs() throws Exception {
    assertThat(command(room.home.root(), "status", 0)).endsWith("The lab is up.\n");
    Path empty = directory.resolve("empty");
    assertThat(command(empty, "status", 69)).startsWith("There is no lab yet.");
    new Lab(new Home(empty)).down();
    assertThat(empty).doesNotExist();
  }

  private String command(Path home, String word, int exitCode) throws Exception {
    Path output = Files.createTempFile(directory, "command", ".out");
    ProcessBuilder builder =
        new ProcessBuilder(DetachedProcess.java(Main.class, 128, List.of("lab", word)))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(output.toFile());
    builder.environment().put("DRILLMASTER_HOME", home.toString());
    Process process = builder.start();
    assertThat(process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(exitCode);
    return Files.readString(output);
  }

  /** Each maker is killed further on than the one before it. */
  @Test
  void aCreationThatWasKilledIsCompleted() throws Exception {
    LabRoom other = new LabRoom(directory, "killed");
    Path first = other.home.lab().resolve("db1");
    Path second = other.home.lab().resolve("db2");
    killMaker(other, first.resolve("data.initialising").resolve("base"));
    assertThat(first.resolve("data")).doesNotExist();
    killMaker(other, first.resolve("data").resolve("postmaster.pid"));
    assertThat(second).doesNotExist();
    killMaker(other, second.resolve("data.copying").resolve("base"));
    assertThat(second.resolve("data")).doesNotExist();
    try {
      LabStatus status = other.up();

      assertThat(status.up()).as(status.text()).isTrue();
      assertThat(other.said).contains("copying db1 to db2").doesNotContain("creating db1");
    } finally {
      other.lab.down();
    }
    assertThat(processesBelow(other.home.root())).isEmpty();
  }

  private static void killMaker(LabRoom other, Path appears) throws Exception {
    Process maker = other.maker("maker.log");
    try {
      assertThat(Poll.until(BOUND, POLL, () -> Files.exists(appears) || !maker.isAlive())).isTrue();
      assertThat(maker.isAlive())
          .as(Files.readString(other.directory.resolve("maker.log")))
          .isTrue();
    } finally {
      maker.destroyForcibly().waitFor();
    }
  }
}
