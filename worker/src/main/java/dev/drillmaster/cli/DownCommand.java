package dev.drillmaster.cli;

import dev.drillmaster.database.LedgerDatabase;
import dev.drillmaster.home.Home;
import dev.drillmaster.lab.Lab;
import dev.drillmaster.orchestrator.HomeServer;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.Signal;
import dev.drillmaster.program.GoingOn;
import dev.drillmaster.program.HomeLock;
import dev.drillmaster.program.RunningProgram;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops everything of ours. */
@Command(
    name = "down",
    description = {
      "Stops the lab, the ledger's database and whatever keeps this home up; the data is kept.",
      "Refused while a run is going on or a fault is not healed."
    },
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

  /** Its worker waits for what it holds; see the bound of a mechanism. */
  private static final Duration UNTIL_ENDED = Duration.ofSeconds(45);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  @SuppressWarnings("try") // The lock is held, not used.
  public Integer call() throws IOException, SQLException, InterruptedException {
    Home home = Main.madeHome(spec);
    List<String> open = endUp(home);
    if (!open.isEmpty()) {
      return refused(
          "going on: " + String.join(", ", open) + ": wait, or run \"drillmaster stop\"");
    }
    try (HomeLock lock = HomeLock.require(home)) {
      Lab lab = new Lab(home);
      if (!lab.openInjections().isEmpty()) {
        return refused("a fault is not healed: run \"drillmaster heal\" first");
      }
      lab.down();
      HomeServer.of(home).stop();
      LedgerDatabase.of(home).stop();
      PrintWriter out = spec.commandLine().getOut();
      out.println("everything is stopped; the data is in " + home.root());
      out.flush();
      return ExitCode.PASSED;
    }
  }

  private int refused(String why) {
    spec.commandLine().getErr().println("drillmaster: refused: " + why);
    return ExitCode.REFUSED;
  }

  /**
   * Ends the program that keeps the home up, as Ctrl-C would, unless something goes on.
   *
   * @return what goes on
   */
  private static List<String> endUp(Home home) throws IOException, InterruptedException {
    Optional<RunningProgram> up = RunningProgram.find(home).filter(RunningProgram::takesRuns);
    if (up.isEmpty()) {
      return List.of();
    }
    try (Orchestrator server = up.get().connect()) {
      List<String> open = new GoingOn(home, server).names();
      if (!open.isEmpty()) {
        return open;
      }
    }
    Signal.TERM.send(List.of(up.get().process()));
    Poll.until(UNTIL_ENDED, () -> !up.get().process().isRunning());
    return List.of();
  }
}
