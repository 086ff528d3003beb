package dev.drillmaster.cli;

import dev.drillmaster.plan.PlanException;
import java.io.IOException;
import java.sql.SQLException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "drillmaster",
    description = "Runs disaster-recovery drills and proves what happened.",
    mixinStandardHelpOptions = true,
    version = "drillmaster 0.1.0",
    subcommands = {PlansCommand.class, LabCommand.class})
public final class Main implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs one command and exits with one of {@link ExitCode}. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command line as it is, for tests too. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(Main::explain);
    line.setParameterExceptionHandler(
        (wrong, words) -> {
          wrong.getCommandLine().getErr().println("drillmaster: " + wrong.getMessage());
          wrong.getCommandLine().usage(wrong.getCommandLine().getErr());
          return ExitCode.USAGE;
        });
    return line;
  }

  private static int explain(Exception failure, CommandLine line, CommandLine.ParseResult words)
      throws Exception {
    if (failure instanceof PlanException plan) {
      line.getErr().println("drillmaster: " + plan.getMessage());
      return ExitCode.USAGE;
    }
    if (failure instanceof IOException || failure instanceof SQLException) {
      line.getErr().println("drillmaster: " + failure.getMessage());
      return ExitCode.UNAVAILABLE;
    }
    throw failure;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
