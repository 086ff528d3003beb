package dev.drillmaster.program;

import dev.drillmaster.home.Home;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessTree;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All of Drillmaster on one machine, in parts that can die: a Temporal server, a worker with ledger
 * and lab, and two agents with a service each.
 */
final class Installation {

  /** A worker first ends what was left behind. */
  private static final Duration WORKER = Duration.ofSeconds(90);

  private static final Duration AGENT = Duration.ofSeconds(60);
  private static final Duration LEDGER = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(50);

  final DrilledHome drilled;
  final DevServer server;
  final List<AgentRoom> rooms = new ArrayList<>();
  private final List<DrilledHome.Started> agents = new ArrayList<>();
  private DrilledHome.Started worker;

  /** Starts all of it. */
  Installation(Path directory) throws IOException, InterruptedException {
    drilled = new DrilledHome(directory);
    server = DevServer.start(directory);
    try {
      worker = startWorker();
      for (String host : List.of("one", "two")) {
        rooms.add(new AgentRoom(directory, host, List.of()));
        agents.add(startAgent(rooms.size() - 1));
      }
    } catch (IOException | InterruptedException | RuntimeException | Error failed) {
      server.stop();
      throw failed;
    }
  }

  DrilledHome.Started worker() {
    return worker;
  }

  DrilledHome.Started agent(int room) {
    return agents.get(room);
  }

  void restartWorker() throws IOException, InterruptedException {
    worker = startWorker();
  }

  void restartAgent(int room) throws IOException, InterruptedException {
    agents.set(room, startAgent(room));
  }

  private DrilledHome.Started startWorker() throws IOException, InterruptedException {
    DrilledHome.Started started = drilled.start("worker", "--temporal", server.address());
    awaitSaid(started, "working for", WORKER);
    return started;
  }

  private DrilledHome.Started startAgent(int room) throws IOException, InterruptedException {
    DrilledHome.Started started = rooms.get(room).startBy(List.of(), drilled, server.address());
    awaitSaid(started, "Ctrl-C ends it", AGENT);
    return started;
  }

  private static void awaitSaid(DrilledHome.Started program, String word, Duration limit)
      throws IOException, InterruptedException {
    boolean decided =
        Poll.until(
            limit, LOOK, () -> program.said().contains(word) || !program.process().isAlive());
    if (!decided || !program.process().isAlive()) {
      throw new IOException(
          "no \"%s\" within %d s: %s".formatted(word, limit.toSeconds(), program.said()));
    }
  }

  /** The processes of the ledger's database. */
  ProcessTree ledger() {
    return new ProcessTree(drilled.home().ledger().resolve("data"));
  }

  /** Nobody but the worker starts it again. */
  void awaitLedger() throws IOException, InterruptedException {
    if (!Poll.until(LEDGER, LOOK, this::ledgerAnswers)) {
      throw new IOException("the ledger is not back after " + LEDGER.toSeconds() + " s");
    }
  }

  private boolean ledgerAnswers() {
    try {
      return !drilled.ledger().column("SELECT 1").isEmpty();
    } catch (IOException | SQLException notYet) {
      return false;
    }
  }

  /** What there is to watch. */
  List<FaultWatch.Site> sites() throws IOException {
    List<FaultWatch.Site> sites = new ArrayList<>();
    for (AgentRoom room : rooms) {
      Map<String, Path> targets = Map.of(AgentRoom.TARGET, room.service().toRealPath());
      sites.add(new FaultWatch.Site(room.host, room.home.journal(), targets, true));
    }
    Home home = drilled.home();
    Map<String, Path> nodes =
        Map.of(
            "db1", home.lab().resolve("db1").toRealPath().resolve("data"),
            "db2", home.lab().resolve("db2").toRealPath().resolve("data"));
    sites.add(new FaultWatch.Site(LabHost.NAME, home.journal(), nodes, false));
    return sites;
  }

  /** Ends all of it. */
  void close() throws Exception {
    drilled.close();
    for (AgentRoom room : rooms) {
      room.close();
    }
    server.stop();
  }
}
