package dev.drillmaster.cli;

import dev.drillmaster.home.Home;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.program.GoingOn;
import dev.drillmaster.program.RunningProgram;
import dev.drillmaster.program.WorkHandle;
import io.temporal.client.WorkflowNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Stops a run, or everything, from another terminal. */
@Command(
    name = "stop",
    description = {
      "Stops a run or a campaign at once: every fault is healed, everything rolled back.",
      "Works from any terminal; returns when it is over.",
      "With --all, everything is stopped: first every host heals all that it holds, then all runs",
      "end, and no run begins until \"drillmaster resume\"."
    },
    mixinStandardHelpOptions = true)
final class StopCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "its name; the one that is going on if absent")
  private @Nullable String run;

  @Option(
      names = "--temporal",
      paramLabel = "HOST:PORT",
      description = "Where the run is, if no program of this home looks after it.")
  private @Nullable String temporal;

  @Option(names = "--all", description = "Stops everything; needs --reason.")
  private boolean all;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why everything is stopped: recorded, and told to whoever is refused.")
  private @Nullable String reason;

  @Override
  public Integer call() throws IOException, InterruptedException {
    return all ? everything() : one();
  }

  private int everything() throws IOException, InterruptedException {
    if (run != null) {
      throw new ParameterException(
          spec.commandLine(), "name a run, or ask for --all: one of the two");
    }
    String why = Options.reason(spec, reason);
    Home home = Main.home(spec);
    return new StopAllCommand(spec.commandLine().getOut())
        .run(home, RunningProgram.find(home), temporal, why);
  }

  private int one() throws IOException {
    Home home = Main.home(spec);
    Optional<RunningProgram> program = RunningProgram.find(home);
    if (program.isEmpty() && (temporal == null || run == null)) {
      return ask(home, List.of());
    }
    try (Orchestrator orchestrator = server(program)) {
      List<String> meant = meant(home, program, orchestrator);
      if (meant.size() != 1) {
        return ask(home, meant);
      }
      return stop(orchestrator, meant.get(0));
    }
  }

  private Orchestrator server(Optional<RunningProgram> program) {
    return temporal == null ? program.orElseThrow().connect() : Orchestrator.at(temporal);
  }

  private List<String> meant(Home home, Optional<RunningProgram> program, Orchestrator server)
      throws IOException {
    if (run != null) {
      return List.of(run);
    }
    String lookedAfter = program.map(RunningProgram::run).orElse("");
    return lookedAfter.isEmpty() ? new GoingOn(home, server).names() : List.of(lookedAfter);
  }

  private int ask(Home home, List<String> open) {
    String what =
        open.isEmpty()
            ? "no run is going on in "
                + home.root()
                + "; if a program died in the middle of one, run \"drillmaster heal\""
            : "several go on, name one of them: " + String.join(", ", open);
    spec.commandLine().getErr().println("drillmaster: " + what);
    return ExitCode.USAGE;
  }

  private int stop(Orchestrator orchestrator, String name) {
    try {
      WorkHandle<?, ?> handle = WorkHandle.find(orchestrator.client(), name);
      handle.emergencyStop();
      return report(handle.kind() + " " + name, handle.awaitEnd(PATIENCE));
    } catch (WorkflowNotFoundException over) {
      spec.commandLine().getOut().println("run " + name + " is over already");
      spec.commandLine().getOut().flush();
      return ExitCode.PASSED;
    }
  }

  private int report(String name, Optional<WorkHandle.End> end) {
    PrintWriter out = spec.commandLine().getOut();
    if (end.isEmpty()) {
      out.println(name + " was told to stop and is not over yet; see drillmaster status");
      out.flush();
      return ExitCode.TROUBLE;
    }
    out.println(name + " is over: " + end.get().inShort());
    out.flush();
    return end.get().handedOver() ? ExitCode.TROUBLE : ExitCode.PASSED;
  }
}
