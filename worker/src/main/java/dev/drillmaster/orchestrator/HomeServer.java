package dev.drillmaster.orchestrator;

import dev.drillmaster.drill.SearchAttributes;
import dev.drillmaster.home.Home;
import dev.drillmaster.process.DetachedProcess;
import dev.drillmaster.process.LogFile;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The real Temporal dev server of a home: a process of its own that listens on 127.0.0.1 only, with
 * a database file that outlives it. One that a killed program left behind is known by where it
 * works.
 *
 * <p>Not the {@code TemporalDevServer} of temporal-testing: its process gets the Ctrl-C of our
 * terminal, although the rollback that this begins needs it; its log begins anew at each start; and
 * it does not know a server that was left behind.
 */
public final class HomeServer {

  private static final Duration READY = Duration.ofSeconds(30);

  /**
   * What makes a dev server quick, and quiet. Write-ahead logging is five times faster than
   * SQLite's defaults, and safe: a killed process loses nothing by it. As shipped, 20 tasks of a
   * kind a second: an activity waits for 100 ms instead of 20. Nothing of ours calls home; see also
   * the news of the UI.
   */
  private static final List<String> QUICK =
      List.of(
          "--sqlite-pragma",
          "journal_mode=WAL",
          "--sqlite-pragma",
          "synchronous=NORMAL",
          "--dynamic-config-value",
          "history.transferProcessorMaxPollRPS=2000",
          "--dynamic-config-value",
          "history.timerProcessorMaxPollRPS=2000",
          "--dynamic-config-value",
          "history.visibilityProcessorMaxPollRPS=2000",
          "--dynamic-config-value",
          "frontend.enableServerVersionCheck=false");

  /** That, and what operators find runs by: created at the first start, known at each later one. */
  public static final List<String> OPTIONS =
      Stream.concat(
              QUICK.stream(),
              SearchAttributes.ALL.stream()
                  .flatMap(key -> Stream.of("--search-attribute", NamespaceAttributes.option(key))))
          .toList();

  private static final Duration GONE = Duration.ofSeconds(10);
  private static final int LAST_LINES = 3;
  private static final String NO_NEWS = "--ui-disable-news-fetch";

  private final Home home;
  private final Path database;
  private final Path ports;
  private final ProcessTree processes;
  private final LogFile log;

  private HomeServer(Home home) {
    this.home = home;
    this.database = home.temporal().resolve("temporal.db");
    this.ports = home.temporal().resolve("ports.json");
    this.processes = new ProcessTree(home.temporal().resolve("work"));
    this.log = new LogFile(home.log().resolveSibling("temporal.log"));
  }

  /** The server of a home, whether it runs or not, and whether there ever was one. */
  public static HomeServer of(Home home) {
    return new HomeServer(home);
  }

  /** Whether one ever ran in this home: what it was told may still be known to it. */
  public boolean exists() {
    return Files.exists(database);
  }

  /** Whether it runs, frozen or not. */
  public boolean isRunning() {
    return !processes.members().isEmpty();
  }

  /** Where one listens that a killed program left behind; whether it answers is to be seen. */
  Optional<ServerPorts> leftBehind() throws IOException {
    return isRunning() ? ServerPorts.read(ports) : Optional.empty();
  }

  /**
   * Starts it anew and returns when it listens.
   *
   * @throws IOException if it does not, saying what it said last and what to do
   */
  ServerPorts start(TemporalCommand temporal) throws IOException, InterruptedException {
    stop();
    ServerPorts chosen = ServerPorts.keep(ports);
    Files.createDirectories(processes.directory());
    log.begin();
    DetachedProcess.start(command(temporal, chosen), Map.of(), processes.directory(), log.file());
    boolean ready =
        Poll.until(
            READY,
            () -> {
              if (!isRunning()) {
                throw new IOException("the Temporal dev server ended at once: " + whatToDo());
              }
              return listens(chosen);
            });
    if (!ready) {
      throw new IOException(
          "the Temporal dev server does not listen after %d s: %s"
              .formatted(READY.toSeconds(), whatToDo()));
    }
    return chosen;
  }

  private List<String> command(TemporalCommand temporal, ServerPorts chosen) throws IOException {
    List<String> command = new ArrayList<>(List.of(temporal.program().toString()));
    command.addAll(List.of("server", "start-dev", "--log-level", "warn"));
    command.addAll(List.of("--ip", "127.0.0.1", "--port", Integer.toString(chosen.server())));
    command.addAll(List.of("--ui-ip", "127.0.0.1", "--ui-port", Integer.toString(chosen.ui())));
    command.addAll(List.of("--db-filename", database.toString()));
    command.addAll(OPTIONS);
    if (temporal.knows(NO_NEWS)) {
      command.add(NO_NEWS);
    }
    return command;
  }

  private static boolean listens(ServerPorts at) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), at.server())) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Also for a file that is corrupt, or that a newer Temporal wrote: it has no migrations. */
  private String whatToDo() throws IOException {
    return "%s; if it cannot use its database %s, move the directory %s away (what was open there is then ended from the ledger alone), or give --temporal embedded; its log is %s"
        .formatted(String.join(" / ", log.tail(LAST_LINES)), database, home.temporal(), log.file());
  }

  /** The same as {@link #stop}, for the end of a program. */
  void close() {
    try {
      stop();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends it, if it runs. Killed, not asked: asked, it waits 1.6 s for its own pollers and leaves
   * the same files.
   */
  public void stop() throws IOException, InterruptedException {
    if (!processes.kill(GONE)) {
      throw new IOException(
          "the Temporal dev server outlives SIGKILL: " + processes.members() + "; end it by hand");
    }
  }
}
