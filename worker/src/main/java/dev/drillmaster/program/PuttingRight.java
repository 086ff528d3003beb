package dev.drillmaster.program;

import com.zaxxer.hikari.HikariDataSource;
import dev.drillmaster.database.LedgerDatabase;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.home.Home;
import dev.drillmaster.injector.HealAllReport;
import dev.drillmaster.lab.Lab;
import dev.drillmaster.ledger.OpenRun;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.orchestrator.ServerUnreachable;
import dev.drillmaster.verdict.Outcome;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Puts a home right, whatever an earlier program left behind in it: faults first, from the host's
 * journal, since nothing else may keep them from being healed; then the lab; then the books of runs
 * that nobody looks after any more.
 *
 * @param home whose lock the caller has
 * @param host its host
 * @param progress is told what is done
 */
public record PuttingRight(Home home, LabHost host, Consumer<String> progress) {

  private static final Duration UNTIL_CLOSED = Duration.ofMinutes(3);

  /**
   * Does all of it.
   *
   * @param wanted whether the lab is to run afterwards
   * @return the pool of the ledger's writer
   * @throws IOException if something could not be put right; what could be is, and it can be done
   *     again
   */
  public HikariDataSource run(LabWanted wanted)
      throws IOException, SQLException, InterruptedException {
    healAll();
    LedgerDatabase database = LedgerDatabase.of(home);
    database.start();
    HikariDataSource writer = database.writer();
    try {
      Lab lab = new Lab(home);
      LeftBehind leftBehind = new LeftBehind(host, writer, progress);
      List<OpenRun> open = leftBehind.runs();
      List<OpenRun> handedOver = leftBehind.handedOver();
      boolean needed = !open.isEmpty() || !handedOver.isEmpty();
      // Rather the rollback of a run than our own "up" puts the pair right, since its books tell
      // what was done; but it needs the proxy.
      if (needed && !lab.status().part(Lab.PROXY).running()) {
        lab.up(progress);
      }
      endRuns(open, leftBehind, writer);
      tryAgain(handedOver, leftBehind);
      if (needed || wanted == LabWanted.ALWAYS || lab.status().anyRuns()) {
        lab.up(progress);
      }
    } catch (IOException | SQLException | InterruptedException | RuntimeException failed) {
      writer.close();
      throw failed;
    }
    return writer;
  }

  /** Whether the lab is to run afterwards. */
  public enum LabWanted {
    ALWAYS,
    /** Only if it runs already, in whole or in part, or is needed to end a run. */
    IF_NEEDED
  }

  private void healAll() throws IOException {
    HealAllReport report = host.injections().healAll("heal-command");
    report.healed().forEach((id, heal) -> progress.accept("healed: " + heal.inspection().detail()));
    if (!report.failed().isEmpty()) {
      throw new IOException("not healed, run \"drillmaster heal\" again: " + report.failed());
    }
  }

  private void endRuns(List<OpenRun> runs, LeftBehind leftBehind, HikariDataSource writer)
      throws IOException, InterruptedException {
    Set<OpenRun> ended = endOnTheirServers(runs, writer);
    List<String> handedOver = new ArrayList<>();
    for (OpenRun run : runs) {
      if (ended.contains(run)) {
        continue;
      }
      progress.accept("run " + run.workflowId() + " was left behind: ending it");
      DrillReport report = leftBehind.end(run);
      progress.accept("  closed: " + report.verdict() + ", " + report.outcome().text());
      if (report.outcome() == Outcome.HANDED_OVER) {
        handedOver.add(run.workflowId());
      }
    }
    refuseIfAny(handedOver);
  }

  private void tryAgain(List<OpenRun> runs, LeftBehind leftBehind)
      throws IOException, InterruptedException {
    List<String> handedOver = new ArrayList<>();
    for (OpenRun run : runs) {
      progress.accept("run " + run.workflowId() + " could not be rolled back: trying again");
      if (!leftBehind.tryAgain(run)) {
        handedOver.add(run.workflowId());
      }
    }
    refuseIfAny(handedOver);
  }

  private static void refuseIfAny(List<String> handedOver) throws IOException {
    if (!handedOver.isEmpty()) {
      throw new IOException(
          "could not be rolled back: "
              + handedOver
              + "; what stands in the way is said above: put it right by hand, then run"
              + " \"drillmaster heal\"");
    }
  }

  /**
   * Runs that are still open on a Temporal server of their own only lack a worker: all of them are
   * stopped, and then worked on here until they are over. Those of an in-process server ended with
   * their program.
   *
   * @return the runs that are over by this
   */
  private Set<OpenRun> endOnTheirServers(List<OpenRun> runs, HikariDataSource writer)
      throws IOException {
    Map<String, List<OpenRun>> byServer =
        runs.stream()
            .filter(run -> !run.orchestrator().isEmpty())
            .filter(run -> !run.orchestrator().startsWith(Orchestrator.EMBEDDED))
            .collect(Collectors.groupingBy(OpenRun::orchestrator));
    Set<OpenRun> ended = new HashSet<>();
    for (Map.Entry<String, List<OpenRun>> each : byServer.entrySet()) {
      try (Orchestrator orchestrator = Orchestrator.at(each.getKey())) {
        ended.addAll(endThere(each.getValue(), orchestrator, writer));
      } catch (ServerUnreachable gone) {
        progress.accept("Temporal at " + each.getKey() + " does not answer: from the ledger alone");
      }
    }
    return ended;
  }

  @SuppressWarnings("try") // The worker works; nobody calls it.
  private List<OpenRun> endThere(
      List<OpenRun> runs, Orchestrator orchestrator, HikariDataSource writer) throws IOException {
    List<OpenRun> open = runs.stream().filter(run -> handle(orchestrator, run).isOpen()).toList();
    // All before the worker starts: it would go on with whichever was not told.
    open.forEach(run -> handle(orchestrator, run).emergencyStop());
    if (open.isEmpty()) {
      return open;
    }
    try (DrillWorker worker = new DrillWorker(orchestrator, host, writer)) {
      for (OpenRun run : open) {
        progress.accept("run " + run.workflowId() + " is open at " + run.orchestrator());
        DrillReport report =
            handle(orchestrator, run)
                .await(UNTIL_CLOSED)
                .orElseThrow(() -> new IOException(run.workflowId() + " is not over: try again"));
        progress.accept("  closed: " + report.verdict() + ", " + report.outcome().text());
      }
    }
    return open;
  }

  private static RunHandle handle(Orchestrator orchestrator, OpenRun run) {
    return RunHandle.of(orchestrator.client(), run.workflowId());
  }
}
