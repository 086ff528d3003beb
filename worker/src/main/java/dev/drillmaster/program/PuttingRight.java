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
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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
      LeftBehind leftBehind = new LeftBehind(host, writer, progress);
      List<OpenRun> runs = leftBehind.runs();
      Lab lab = new Lab(home);
      if (wanted == LabWanted.ALWAYS || !runs.isEmpty() || lab.status().anyRuns()) {
        lab.up(progress);
      }
      endRuns(runs, leftBehind, writer);
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
    List<String> handedOver = new ArrayList<>();
    for (OpenRun run : runs) {
      progress.accept("run " + run.workflowId() + " was left behind: ending it");
      Optional<DrillReport> ended = endThere(run, writer);
      DrillReport report = ended.isPresent() ? ended.get() : leftBehind.end(run);
      progress.accept("  closed: " + report.verdict() + ", " + report.outcome().text());
      if (report.outcome() == Outcome.HANDED_OVER) {
        handedOver.add(run.workflowId());
      }
    }
    if (!handedOver.isEmpty()) {
      throw new IOException("could not be rolled back, see their findings: " + handedOver);
    }
  }

  /**
   * A run that is still open on a Temporal server of its own only lacks a worker: it is stopped,
   * and worked on here until it is over. Empty if there is no such run; those of an in-process
   * server ended with their program.
   */
  @SuppressWarnings("try") // The worker works; nobody calls it.
  private Optional<DrillReport> endThere(OpenRun run, HikariDataSource writer) throws IOException {
    String address = run.orchestrator();
    if (address.isEmpty() || address.startsWith(Orchestrator.EMBEDDED)) {
      return Optional.empty();
    }
    try (Orchestrator orchestrator = Orchestrator.at(address)) {
      RunHandle handle = RunHandle.of(orchestrator.client(), run.workflowId());
      if (!handle.isOpen()) {
        return Optional.empty();
      }
      try (DrillWorker worker = new DrillWorker(orchestrator, host, writer)) {
        handle.emergencyStop();
        return Optional.of(
            handle
                .await(UNTIL_CLOSED)
                .orElseThrow(() -> new IOException(handle.name() + " is not over yet: try again")));
      }
    } catch (ServerUnreachable gone) {
      progress.accept("  Temporal at " + address + " does not answer: from the ledger alone");
      return Optional.empty();
    }
  }
}
