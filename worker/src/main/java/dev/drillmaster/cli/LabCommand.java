package dev.drillmaster.cli;

import dev.drillmaster.home.Home;
import dev.drillmaster.journal.OpenInjection;
import dev.drillmaster.lab.Lab;
import dev.drillmaster.lab.LabStatus;
import dev.drillmaster.program.HomeLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The practice system. Progress goes to standard error, results to standard output. */
@Command(
    name = "lab",
    description =
        "The practice system: two PostgreSQL servers, a proxy and two instances of a service, on"
            + " 127.0.0.1.",
    mixinStandardHelpOptions = true)
final class LabCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(out());
  }

  @Command(
      name = "up",
      description = {
        "Makes the lab, or starts what of it is down, and returns when its services can write.",
        "It goes on running when this command has ended."
      },
      mixinStandardHelpOptions = true)
  @SuppressWarnings("try") // The lock is held, not used.
  int up() throws IOException, SQLException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    Home home = Main.madeHome(spec);
    try (HomeLock lock = HomeLock.require(home)) {
      LabStatus status = new Lab(home).up(line -> err.println("lab: " + line));
      out().print(status.text());
      out().flush();
      return ExitCode.PASSED;
    }
  }

  @Command(
      name = "status",
      description = "Shows the parts of the lab. Exits with 0 if it is up, else with 69.",
      mixinStandardHelpOptions = true)
  int status() throws IOException, InterruptedException {
    LabStatus status = new Lab(Main.home(spec)).status();
    out().print(status.text());
    out().flush();
    return status.up() ? ExitCode.PASSED : ExitCode.UNAVAILABLE;
  }

  @Command(
      name = "down",
      description = "Ends all processes of the lab and keeps its data.",
      mixinStandardHelpOptions = true)
  @SuppressWarnings("try") // The lock is held, not used.
  int down() throws IOException, SQLException, InterruptedException {
    Home home = Main.home(spec);
    Lab lab = new Lab(home);
    if (!lab.status().made()) {
      out().println("There is no lab.");
      return ExitCode.PASSED;
    }
    try (HomeLock lock = HomeLock.require(home)) {
      lab.down();
    }
    out().println("The lab is down.");
    out().flush();
    warnOfOpenInjections(lab.openInjections());
    return ExitCode.PASSED;
  }

  private void warnOfOpenInjections(List<OpenInjection> open) {
    if (!open.isEmpty()) {
      spec.commandLine()
          .getErr()
          .printf(
              "drillmaster: %d injections on the lab are still open, and what heals them may start"
                  + " parts of it again: run drillmaster heal%n",
              open.size());
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
