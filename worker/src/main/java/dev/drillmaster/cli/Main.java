package dev.drillmaster.cli;

import dev.drillmaster.home.Home;
import dev.drillmaster.plan.PlanException;
import dev.drillmaster.schema.migration.LedgerSchemaException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "drillmaster",
    description = "Runs disaster-recovery drills and proves what happened.",
    mixinStandardHelpOptions = true,
    version = "drillmaster 0.1.0",
    subcommands = {PlansCommand.class, DbCommand.class})
public final class Main implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "where all state is kept; else DRILLMASTER_HOME, else drillmaster in XDG_STATE_HOME")
  private @Nullable Path home;

  /** Runs one command and exits with one of {@link ExitCode}. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command line as it is, for tests too. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setCaseInsensitiveEnumValuesAllowed(true);
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
    if (failure instanceof IOException || failure instanceof LedgerSchemaException) {
      // A file system's message is a path and nothing more.
      String kind =
          failure instanceof FileSystemException ? failure.getClass().getSimpleName() + ": " : "";
      line.getErr().println("drillmaster: " + kind + failure.getMessage());
      return ExitCode.TROUBLE;
    }
    throw failure;
  }

  /** The home that the words of any command name. */
  static Home home(CommandSpec command) {
    Main main = (Main) command.root().userObject();
    return Home.find(main.home, System.getenv());
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
