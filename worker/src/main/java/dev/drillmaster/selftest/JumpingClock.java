package dev.drillmaster.selftest;

import dev.drillmaster.control.ControlAddress;
import dev.drillmaster.lab.load.LoadProcess;
import dev.drillmaster.measure.LoadControl;
import dev.drillmaster.measure.LoadSettings;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.Signal;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A load whose clock on the wall jumps two hours while it runs, by libfaketime, which stands
 * between one process and the machine's clock. The machine's own clock is never touched.
 *
 * @param library the file of libfaketime
 */
record JumpingClock(Path library) {

  private static final String ID = "wall-clock-jumps";
  private static final String NAME = "a wall clock that jumps under the load changes no duration";
  private static final String FILE = "faketime/libfaketime.so.1";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration BOUND = Duration.ofSeconds(30);

  private static final int TIMES = 3;

  /**
   * Tries it.
   *
   * @param directories where libraries are
   */
  static Check check(Bench bench, List<Path> directories)
      throws IOException, SQLException, InterruptedException {
    Optional<Path> library =
        directories.stream().map(each -> each.resolve(FILE)).filter(Files::exists).findFirst();
    if (library.isEmpty()) {
      return notExercised("libfaketime is not installed (Debian: apt-get install libfaketime)");
    }
    return new JumpingClock(library.get()).check(bench);
  }

  private static Check notExercised(String why) {
    return Check.notExercised(ID, NAME, "no outage, and durations as on our own clock", why);
  }

  /** Those that {@code LD_LIBRARY_PATH} names, then those of distributions. */
  static List<Path> directories(Map<String, String> environment) throws IOException {
    List<Path> all = new ArrayList<>();
    for (String named : environment.getOrDefault("LD_LIBRARY_PATH", "").split(":", -1)) {
      if (!named.isBlank()) {
        all.add(Path.of(named));
      }
    }
    Path libraries = Path.of("/usr/lib");
    all.add(libraries);
    try (Stream<Path> below = Files.list(libraries)) {
      below.filter(Files::isDirectory).sorted().forEach(all::add);
    }
    return all;
  }

  private Check check(Bench bench) throws IOException, SQLException, InterruptedException {
    for (int times = 0; times < TIMES; times++) {
      String run = "selftest-clock-" + UUID.randomUUID();
      Path directory = Files.createDirectories(bench.loads().resolve(run));
      LoadSettings settings =
          new LoadSettings(
              directory, bench.pair().system().load().services(), BOUND.multipliedBy(4));
      Seen seen;
      try {
        seen = jump(run, settings);
      } catch (DoesNotRun here) {
        return notExercised(String.valueOf(here.getMessage()));
      }
      if (Unanswered.in(settings.journal()) == 0) {
        return check(seen, bench.measured(run, settings.journal()));
      }
    }
    throw Unanswered.tooBusy(TIMES);
  }

  private Seen jump(String run, LoadSettings settings)
      throws DoesNotRun, IOException, InterruptedException {
    Path clock = settings.directory().resolve("clock");
    shift(clock, HOUR.negated());
    LoadControl load = LoadControl.launch(LoadProcess.class, settings, environment(clock));
    try {
      start(load, run);
      Instant wallBefore = wallClock(settings);
      long begun = System.nanoTime();
      long first = load.mark("before");
      long afterFirst = System.nanoTime();
      acknowledged(load, 100);
      shift(clock, HOUR);
      Poll.until(BOUND, () -> wallClock(settings).isAfter(wallBefore.plus(HOUR)));
      acknowledged(load, 100);
      long beforeLast = System.nanoTime();
      long last = load.mark("after");
      Duration most = Duration.ofNanos(System.nanoTime() - begun);
      Duration wall = Duration.between(wallBefore, wallClock(settings));
      load.stop();
      return new Seen(
          wall.minus(most),
          Duration.ofNanos(beforeLast - afterFirst),
          most,
          Duration.ofNanos(last - first));
    } finally {
      Signal.KILL.send(List.of(load.process()));
    }
  }

  private static void start(LoadControl load, String run) throws DoesNotRun, InterruptedException {
    try {
      load.start(run, 100);
    } catch (IOException silent) {
      throw new DoesNotRun(silent);
    }
  }

  private Map<String, String> environment(Path clock) {
    return Map.of(
        "LD_PRELOAD",
        library.toString(),
        "FAKETIME_TIMESTAMP_FILE",
        clock.toString(),
        // Read once a second, not every ten.
        "FAKETIME_CACHE_DURATION",
        "1",
        // No change of a clock on the wall moves CLOCK_MONOTONIC, and so must this one not.
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1",
        // With its remedy for old C libraries, every timed wait of a Java process ends too early.
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0");
  }

  private static void shift(Path clock, Duration by) throws IOException {
    Files.writeString(clock, (by.isNegative() ? "" : "+") + by.toSeconds() + "\n");
  }

  private static void acknowledged(LoadControl load, long more)
      throws IOException, InterruptedException {
    long wanted = load.status().ok() + more;
    if (!Poll.until(BOUND, () -> load.status().ok() >= wanted)) {
      throw new IOException("the load is not acknowledged: " + load.status());
    }
  }

  /** The time of day as that process sees it, to the second: every answer over HTTP tells it. */
  private static Instant wallClock(LoadSettings settings) throws IOException {
    int port = ControlAddress.read(settings.address()).port();
    HttpURLConnection connection =
        (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/").toURL().openConnection();
    try {
      connection.getResponseCode();
      return Instant.ofEpochMilli(connection.getDate());
    } finally {
      connection.disconnect();
    }
  }

  static Check check(Seen seen, Measured measured) {
    // The time of day is told in whole seconds, by a process that may be busy.
    boolean shifted =
        seen.jumped().minus(HOUR.multipliedBy(2)).abs().compareTo(Duration.ofSeconds(10)) < 0;
    boolean sameDuration =
        seen.theirs().compareTo(seen.least()) >= 0 && seen.theirs().compareTo(seen.most()) <= 0;
    boolean quiet = measured.outage().outages().isEmpty() && measured.loss().transactions() == 0;
    return Check.of(
        ID,
        NAME,
        shifted && sameDuration && quiet,
        "the clock of that one process jumps 7200 s; no outage, none lost, and "
            + seen.least().toMillis()
            + " to "
            + seen.most().toMillis()
            + " ms between two marks",
        "it jumped "
            + seen.jumped().toSeconds()
            + " s; "
            + measured.outage().outages().size()
            + " outages, "
            + measured.loss().transactions()
            + " lost, "
            + seen.theirs().toMillis()
            + " ms");
  }

  /**
   * What was seen of one jump.
   *
   * @param jumped by how much its clock on the wall went ahead of ours
   * @param least the shortest time between its two marks, on our own monotonic clock
   * @param most the longest, since each mark is a call to it
   * @param theirs that time by its journal
   */
  record Seen(Duration jumped, Duration least, Duration most, Duration theirs) {}

  /** Not every release of libfaketime and Java get along. */
  private static final class DoesNotRun extends Exception {
    DoesNotRun(IOException cause) {
      super("a Java process does not answer under libfaketime here: " + cause.getMessage(), cause);
    }
  }
}
