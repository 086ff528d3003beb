package dev.drillmaster.cli;

import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.home.Home;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.program.RunHandle;
import dev.drillmaster.program.RunningProgram;
import dev.drillmaster.verdict.Outcome;
import io.temporal.client.WorkflowNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Stops a run from another terminal. */
@Command(
    name = "stop",
    description = {
      "Stops a run at once: every fault is healed, everything rolled back.",
      "Works from any terminal; returns when the run is over."
    },
    mixinStandardHelpOptions = true)
final class StopCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "the run's name; the one that is going on if absent")
  private @Nullable String run;

  @Option(
      names = "--temporal",
      paramLabel = "HOST:PORT",
      description = "Where the run is, if no program of this home looks after it.")
  private @Nullable String temporal;

  @Override
  public Integer call() throws IOException {
    Home home = Main.home(spec);
    Optional<RunningProgram> program = RunningProgram.find(home);
    String address = temporal != null ? temporal : program.map(RunningProgram::address).orElse("");
    String name = run != null ? run : program.map(RunningProgram::run).orElse("");
    if (address.isEmpty() || name.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println(
              "drillmaster: no run is going on in "
                  + home.root()
                  + "; if a program died in the middle of one, run \"drillmaster heal\"");
      return ExitCode.USAGE;
    }
    try (Orchestrator orchestrator = Orchestrator.at(address)) {
      RunHandle handle = RunHandle.of(orchestrator.client(), name);
      handle.emergencyStop();
      return report(name, handle.await(PATIENCE));
    } catch (WorkflowNotFoundException over) {
      spec.commandLine().getOut().println("run " + name + " is over already");
      spec.commandLine().getOut().flush();
      return ExitCode.PASSED;
    }
  }

  private int report(String name, Optional<DrillReport> report) {
    PrintWriter out = spec.commandLine().getOut();
    if (report.isEmpty()) {
      out.println("run " + name + " was told to stop and is not over yet; see drillmaster status");
      out.flush();
      return ExitCode.TROUBLE;
    }
    out.println(
        "run "
            + name
            + " is over: "
            + report.get().verdict()
            + ", "
            + report.get().outcome().text());
    out.flush();
    return report.get().outcome() == Outcome.HANDED_OVER ? ExitCode.TROUBLE : ExitCode.PASSED;
  }
}
