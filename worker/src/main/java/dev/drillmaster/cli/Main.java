package dev.drillmaster.cli;

import dev.drillmaster.home.Home;
import dev.drillmaster.program.Logs;
import dev.drillmaster.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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
    subcommands = {
      RunCommand.class,
      UpCommand.class,
      StatusCommand.class,
      StopCommand.class,
      ResumeCommand.class,
      LimitsCommand.class,
      ReportCommand.class,
      ReportsCommand.class,
      HealCommand.class,
      PlansCommand.class,
      LabCommand.class,
      SelftestCommand.class,
      DbCommand.class,
      WorkerCommand.class,
      AgentCommand.class,
      AgentsCommand.class,
      DownCommand.class
    })
public final class Main implements Runnable {

  private final Map<String, String> environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Shows where an error comes from (also: DRILLMASTER_DEBUG=1).")
  private boolean debug;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = {
        "Where all state is kept; else DRILLMASTER_HOME, else drillmaster in XDG_STATE_HOME, else",
        "in ~/.local/state."
      })
  private @Nullable Path home;

  @Option(
      names = "--no-color",
      scope = ScopeType.INHERIT,
      description = "Plain lines on a terminal, too (also: NO_COLOR=1).")
  private boolean noColor;

  private Main(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The home that the command line names, which need not exist: for commands that only look. */
  static Home home(CommandSpec spec) throws IOException {
    Main main = (Main) spec.root().userObject();
    Home home = Home.find(main.home, main.environment);
    if (Files.isDirectory(home.root())) {
      Logs.to(home.log());
    } else {
      Logs.off();
    }
    return home;
  }

  /**
   * The same, made if it does not exist.
   *
   * @throws IOException if it cannot be made or its disk is full
   */
  static Home madeHome(CommandSpec spec) throws IOException {
    Main main = (Main) spec.root().userObject();
    Home.find(main.home, main.environment).make();
    return home(spec);
  }

  /** The same, made however full its disk is. */
  static Home madeDirectory(CommandSpec spec) throws IOException {
    Main main = (Main) spec.root().userObject();
    Home.find(main.home, main.environment).makeDirectory();
    return home(spec);
  }

  /** The terminal that standard output is, if there is one and it is not to be left alone. */
  static Optional<Terminal> terminal(CommandSpec spec) {
    Main main = (Main) spec.root().userObject();
    return main.noColor ? Optional.empty() : Terminal.find(main.environment);
  }

  /** Runs one command and exits with one of {@link ExitCode}. */
  public static void main(String[] arguments) {
    System.exit(execute(commandLine(System.getenv()), arguments));
  }

  /** The command line as it is, for tests too. */
  static CommandLine commandLine(Map<String, String> environment) {
    Main main = new Main(environment);
    CommandLine line = new CommandLine(main);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler((failure, at, words) -> main.explain(failure, at.getErr()));
    line.setParameterExceptionHandler(
        (wrong, words) -> {
          wrong.getCommandLine().getErr().println("drillmaster: " + wrong.getMessage());
          wrong.getCommandLine().usage(wrong.getCommandLine().getErr());
          return ExitCode.USAGE;
        });
    return line;
  }

  /** Runs one command. */
  static int execute(CommandLine line, String... arguments) {
    try {
      return line.execute(arguments);
    } catch (RuntimeException | Error failure) {
      // Java would exit with 1, which means that a drill failed.
      Main main = line.getCommand();
      return main.explain(failure, line.getErr());
    }
  }

  private int explain(Throwable failure, PrintWriter err) {
    err.println(ErrorText.of(failure));
    if (debug || "1".equals(environment.get("DRILLMASTER_DEBUG"))) {
      failure.printStackTrace(err);
    }
    err.flush();
    return ErrorText.exitCode(failure);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
