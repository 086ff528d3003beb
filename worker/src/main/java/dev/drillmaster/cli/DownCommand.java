package dev.drillmaster.cli;

import dev.drillmaster.database.LedgerDatabase;
import dev.drillmaster.home.Home;
import dev.drillmaster.lab.Lab;
import dev.drillmaster.program.HomeLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
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
  @SuppressWarnings("try") // The lock is held, not used.
  public Integer call() throws IOException, SQLException, InterruptedException {
    Home home = Main.madeHome(spec);
    try (HomeLock lock = HomeLock.require(home)) {
      Lab lab = new Lab(home);
      if (!lab.openInjections().isEmpty()) {
        spec.commandLine()
            .getErr()
            .println("drillmaster: refused: a fault is not healed: run \"drillmaster heal\" first");
        return ExitCode.REFUSED;
      }
      lab.down();
      LedgerDatabase.of(home).stop();
      PrintWriter out = spec.commandLine().getOut();
      out.println("everything is stopped; the data is in " + home.root());
      out.flush();
      return ExitCode.PASSED;
    }
  }
}
