package dev.drillmaster.cli;

import com.zaxxer.hikari.HikariDataSource;
import dev.drillmaster.database.LedgerDatabase;
import dev.drillmaster.home.Home;
import dev.drillmaster.injection.HealAllReport;
import dev.drillmaster.orchestrator.HomeServer;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.program.GoingOn;
import dev.drillmaster.program.HomeLock;
import dev.drillmaster.program.LabHost;
import dev.drillmaster.program.LocalHost;
import dev.drillmaster.program.PuttingRight;
import dev.drillmaster.program.PuttingRight.LabWanted;
import dev.drillmaster.program.RunningProgram;
import dev.drillmaster.program.WorkHandle;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Puts right whatever was left behind. */
@Command(
    name = "heal",
    description = {
      "Heals every fault, runs open compensations, verifies, and closes the books.",
      "Works from the host's journal and the ledger alone; a run that is going on is stopped first."
    },
    mixinStandardHelpOptions = true)
final class HealCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(HealCommand.class);
  private static final Duration UNTIL_STOPPED = Duration.ofMinutes(2);
  private static final Duration UNTIL_FREE = Duration.ofSeconds(30);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  @SuppressWarnings("try") // Lock and pool are held, not used.
  public Integer call() throws IOException, SQLException, InterruptedException {
    Home home = Main.madeHome(spec);
    LocalHost host = LabHost.of(home);
    if (!LedgerDatabase.of(home).exists() && !Files.isDirectory(home.lab())) {
      return withoutLedger(host);
    }
    Optional<RunningProgram> running = RunningProgram.find(home);
    boolean stopped = running.isPresent() && stop(home, running.get());
    // Whoever has the home may never let go of it: the faults must not wait for that.
    if (running.isPresent() && !stopped) {
      boolean unused = healFaults(host);
    }
    if (stopped && running.get().takesRuns() && host.journal().open().isEmpty()) {
      say(
          "nothing is open: every fault is healed, every run is over; "
              + who(running)
              + " goes on");
      return ExitCode.PASSED;
    }
    Optional<HomeLock> lock = HomeLock.await(home, UNTIL_FREE);
    if (lock.isEmpty()) {
      return faultsOnly(host, running);
    }
    try (HomeLock held = lock.get();
        HikariDataSource ledger =
            new PuttingRight(home, host, PuttingRight.NONE, this::say).run(LabWanted.IF_NEEDED)) {
      HomeServer.of(home).stop();
      say("nothing is open: every fault is healed, every run is over, its books are closed");
      return ExitCode.PASSED;
    }
  }

  /** As in the home of an agent: what its server has of other hosts is not this host's to stop. */
  private int withoutLedger(LocalHost host) throws IOException {
    boolean healed = healFaults(host);
    say(
        (healed
                ? "no fault is open on this host"
                : "a fault is open: run \"drillmaster heal\" again")
            + "; this home keeps no ledger: the worker that does closes the books of its runs");
    return healed ? ExitCode.PASSED : ExitCode.TROUBLE;
  }

  private int faultsOnly(LocalHost host, Optional<RunningProgram> running) throws IOException {
    boolean unused = healFaults(host);
    say(
        "only the faults: "
            + who(running)
            + " does not let go of this home; end it, then run \"drillmaster heal\" again");
    return ExitCode.TROUBLE;
  }

  private static String who(Optional<RunningProgram> running) {
    return running.map(program -> "process " + program.process().pid()).orElse("a program");
  }

  /** Whether nothing is open any more. */
  private boolean healFaults(LocalHost host) throws IOException {
    HealAllReport report = host.injections().healAll("heal-command");
    report.healed().forEach((id, heal) -> say("healed: " + heal.inspection().detail()));
    report.failed().forEach((id, why) -> say("NOT healed: " + id + ": " + why));
    return report.failed().isEmpty();
  }

  /**
   * Asks the program to end its run, or all that it works for.
   *
   * @return whether that is over; for all, also whether nothing was handed over
   */
  private boolean stop(Home home, RunningProgram program) {
    try (Orchestrator orchestrator = program.connect()) {
      if (program.takesRuns()) {
        return new GoingOn(home, orchestrator).stop(UNTIL_STOPPED, this::say);
      }
      say("stopping " + program.run() + " of process " + program.process().pid());
      WorkHandle<?, ?> handle = WorkHandle.find(orchestrator.client(), program.run());
      handle.emergencyStop();
      return handle.awaitEnd(UNTIL_STOPPED).isPresent();
    } catch (IOException | RuntimeException silent) {
      LOG.warn("the run at {} does not answer", program.address(), silent);
      say("it does not answer");
      return false;
    }
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
