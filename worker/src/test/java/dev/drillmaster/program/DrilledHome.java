package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.cli.Main;
import dev.drillmaster.database.LedgerDatabase;
import dev.drillmaster.home.Home;
import dev.drillmaster.journal.HostJournal;
import dev.drillmaster.lab.Lab;
import dev.drillmaster.orchestrator.HomeServer;
import dev.drillmaster.postgres.PostgresBinaries;
import dev.drillmaster.process.DetachedProcess;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.Signal;
import dev.drillmaster.system.Pair;
import dev.drillmaster.system.Systems;
import dev.drillmaster.target.TargetKinds;
import dev.drillmaster.target.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A home in which the real program is started, as a user would, and looked at from outside. */
final class DrilledHome {

  static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Phases of a run last milliseconds. */
  private static final Duration LOOK = Duration.ofMillis(1);

  private final Path directory;
  private final Home home;
  private final List<Process> started = new ArrayList<>();
  private int programs;

  DrilledHome(Path directory) throws IOException {
    this.directory = directory;
    this.home = new Home(directory.resolve("home"));
    // Unpacked once for all tests.
    Path shared = Path.of("target", "postgres-tests").toAbsolutePath();
    PostgresBinaries.install(shared);
    Files.createDirectories(home.root());
    Files.createSymbolicLink(home.binaries(), shared);
  }

  /** A program that goes on. */
  record Started(Process process, Path output) {

    private static final Pattern SENT = Pattern.compile("sent at (\\S+)");

    /** Its exit code. */
    int end() throws InterruptedException, IOException {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("the program does not end: " + said());
      }
      return process.exitValue();
    }

    String said() throws IOException {
      return Files.readString(output);
    }

    /** When the stop was sent, as {@code stop --all} says. */
    Instant sentAt() throws IOException {
      Matcher sent = SENT.matcher(said());
      assertThat(sent.find()).as(said()).isTrue();
      return Instant.parse(sent.group(1));
    }

    void signal(Signal signal) throws IOException {
      signal.send(ProcessId.of(process.pid()).stream().toList());
    }
  }

  /** Starts {@code drillmaster} with these words. */
  Started start(String... words) throws IOException {
    return start(List.of(), words);
  }

  /**
   * The same by another program, such as env(1).
   *
   * @param prefix that program and its arguments, which replaces itself by ours
   */
  Started start(List<String> prefix, String... words) throws IOException {
    List<String> program = DetachedProcess.java(Main.class, 512, List.of(words));
    List<String> command = new ArrayList<>(prefix);
    command.addAll(prefix.contains("netns") ? withoutCoverage(program) : program);
    return startCommand(command);
  }

  /** From within another network the collector of coverage is out of reach, and no JVM starts. */
  private static List<String> withoutCoverage(List<String> program) {
    return program.stream()
        .filter(word -> !word.startsWith("-javaagent:"))
        .filter(word -> !word.startsWith("-Ddrillmaster.childJvmArgs="))
        .toList();
  }

  /**
   * Starts it on a terminal, which script(1) makes; what a user types there is what is written to
   * the process.
   *
   * @param columns of the terminal
   * @param environment of the program, as {@code NAME=value}
   */
  Started startOnATerminal(int columns, List<String> environment, String... words)
      throws IOException {
    // Whoever starts the tests in the background of a shell has interrupts ignored.
    List<String> command = new ArrayList<>(List.of("exec", "env", "--default-signal=INT"));
    command.addAll(environment);
    for (String word : DetachedProcess.java(Main.class, 512, List.of(words))) {
      command.add("'" + word.replace("'", "'\\''") + "'");
    }
    String line = "stty rows 24 cols " + columns + "; " + String.join(" ", command);
    return startCommand(List.of("script", "-qec", line, "/dev/null"));
  }

  private Started startCommand(List<String> command) throws IOException {
    Path output = directory.resolve("output-" + programs++);
    Process process = DetachedProcess.start(command, environment(), directory, output);
    started.add(process);
    return new Started(process, output);
  }

  /** Of its own: not the server of whoever runs the tests, and no real one unless a test asks. */
  private Map<String, String> environment() {
    return Map.of(
        "DRILLMASTER_HOME",
        home.root().toString(),
        "DRILLMASTER_TEMPORAL",
        "embedded",
        "TEMPORAL_ADDRESS",
        "",
        "TEMPORAL_CONFIG_FILE",
        directory.resolve("no-profiles.toml").toString());
  }

  /**
   * Returns when somebody holds the fault, so that its watchdog is not the only one to end it: its
   * lease was renewed twice, once at the end of injecting and once by a holder.
   */
  static void awaitHolder(DrillProgram program, UUID injection)
      throws IOException, InterruptedException {
    Duration[] before = {Duration.ofDays(1)};
    int[] renewals = {0};
    assertThat(
            await(
                () -> {
                  Duration left = program.leaseLeft(injection).orElse(before[0]);
                  renewals[0] += left.compareTo(before[0]) > 0 ? 1 : 0;
                  before[0] = left;
                  return renewals[0] == 2;
                }))
        .as("the fault has a holder")
        .isTrue();
  }

  /** A run whose fault is in force. */
  Started held(String plan, String... options) throws IOException, InterruptedException {
    int before = injections().size();
    List<String> words = new ArrayList<>(List.of("run", plan));
    words.addAll(List.of(options));
    Started program = start(words.toArray(String[]::new));
    assertThat(await(() -> injections().size() > before)).as(program.said()).isTrue();
    UUID injection = newestInjection();
    assertThat(await(() -> Files.exists(file(injection, "injected.json"))))
        .as(program.said())
        .isTrue();
    return program;
  }

  /** The file of a plan that holds a fault for a minute; nothing ends it but a stop. */
  Path heldPlan() throws IOException {
    return Files.writeString(
        directory.resolve("held.yaml"),
        """
        name: held
        system: lab
        steps:
          - step: inject
            limit: 1m
            fault: {mechanism: process-tree, mode: freeze}
            target: primary
            during:
              - step: detect
                limit: 1m
                failures: 100000
                probe: {probe: sql, name: the database answers, database: service-database, query: select 1, equals: "1", timeout: 300ms}
        """);
  }

  /** The file of a plan that only looks. */
  Path lookPlan() throws IOException {
    return Files.writeString(
        directory.resolve("look.yaml"), "{name: look, system: lab, steps: [{step: steady-state}]}");
  }

  /** Waits for a condition that a test wants to hit, looking every millisecond. */
  static boolean await(Poll.Condition condition) throws IOException, InterruptedException {
    return Poll.until(PATIENCE, LOOK, condition);
  }

  Home home() {
    return home;
  }

  HostJournal journal() {
    return new HostJournal(home.journal());
  }

  Pair pair() throws IOException {
    return new Pair(
        journal(),
        new Targets(home.targets(), TargetKinds.ALL),
        new Systems(home.systems()).find("lab").orElseThrow());
  }

  /** All injections that the journal ever saw. */
  List<UUID> injections() throws IOException {
    Path all = home.journal().resolve("injections");
    if (!Files.isDirectory(all)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(all)) {
      return entries.map(entry -> UUID.fromString(entry.getFileName().toString())).toList();
    }
  }

  /** The injection that was begun last. */
  UUID newestInjection() throws IOException {
    UUID newest = null;
    FileTime latest = FileTime.fromMillis(0);
    for (UUID each : injections()) {
      FileTime made =
          Files.readAttributes(file(each, "."), BasicFileAttributes.class).creationTime();
      if (newest == null || made.compareTo(latest) > 0) {
        newest = each;
        latest = made;
      }
    }
    return Objects.requireNonNull(newest);
  }

  /** What the load of the newest run wrote down so far. */
  String newestLoadJournal() throws IOException {
    Path newest = null;
    try (Stream<Path> runs = Files.list(home.lab().resolve("load"))) {
      for (Path each :
          runs.map(run -> run.resolve("load.journal")).filter(Files::exists).toList()) {
        boolean later =
            newest == null
                || Files.getLastModifiedTime(each).compareTo(Files.getLastModifiedTime(newest)) > 0;
        newest = later ? each : newest;
      }
    }
    return newest == null ? "" : Files.readString(newest);
  }

  /** The file of an injection in the journal. */
  Path file(UUID injection, String name) {
    return home.journal().resolve("injections").resolve(injection.toString()).resolve(name);
  }

  LedgerView ledger() throws IOException {
    return new LedgerView(home);
  }

  /** Ends whatever still runs. */
  void close() throws Exception {
    started.forEach(Process::destroyForcibly);
    new Lab(home).down();
    LedgerDatabase.of(home).stop();
    HomeServer.of(home).stop();
  }
}
