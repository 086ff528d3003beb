package dev.drillmaster.cli;

import dev.drillmaster.home.Home;
import dev.drillmaster.program.DrillProgram;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Works for a Temporal server until it is stopped. */
@Command(
    name = "worker",
    description = {
      "Does the work of runs on a Temporal server, with the lab of this home, until Ctrl-C.",
      "Runs that are held when it ends are healed by it; their rollback waits for the next worker.",
      "Campaigns that were left behind go on, after their run that was in the middle is ended."
    },
    mixinStandardHelpOptions = true)
final class WorkerCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--temporal",
      required = true,
      paramLabel = "HOST:PORT",
      description = "The Temporal server.")
  private String temporal = "";

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    Options.requireTemporal(spec, temporal);
    Home home = Main.madeHome(spec);
    PrintWriter out = spec.commandLine().getOut();
    DrillProgram program = DrillProgram.open(home, temporal, left -> true, line -> say(out, line));
    program.takeRuns();
    say(out, "working for " + temporal + "; Ctrl-C ends it");
    UntilEnded.keep(program, () -> {});
    return ExitCode.PASSED;
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
