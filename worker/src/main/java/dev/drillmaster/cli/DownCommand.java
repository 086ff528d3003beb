package dev.drillmaster.cli;

import dev.drillmaster.database.LedgerDatabase;
import dev.drillmaster.home.Home;
import dev.drillmaster.lab.Lab;
import dev.drillmaster.program.HomeLock;
import dev.drillmaster.program.RunningProgram;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops everything of ours. */
@Command(
    name = "down",
    description = {
      "Stops the lab and the ledger's database; their data is kept.",
      "Refused while a run is going on or a fault is not healed."
    },
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    Home home = Main.madeHome(spec);
    Optional<HomeLock> lock = HomeLock.await(home, Duration.ZERO);
    if (lock.isEmpty()) {
      return refused(
          RunningProgram.find(home)
              .map(program -> "run " + program.run() + " is going on: stop it first")
              .orElse("another drillmaster is at work in " + home.root()));
    }
    try (HomeLock held = lock.get()) {
      Lab lab = new Lab(home);
      if (!lab.openInjections().isEmpty()) {
        return refused("a fault is not healed: run \"drillmaster heal\" first");
      }
      lab.down();
      LedgerDatabase.of(home).stop();
      PrintWriter out = spec.commandLine().getOut();
      out.println("everything is stopped; the data is in " + home.root());
      out.flush();
      return held.isHeld() ? ExitCode.PASSED : ExitCode.TROUBLE;
    }
  }

  private int refused(String why) {
    spec.commandLine().getErr().println("drillmaster: refused: " + why);
    return ExitCode.REFUSED;
  }
}
