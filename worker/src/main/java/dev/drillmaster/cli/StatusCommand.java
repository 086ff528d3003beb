package dev.drillmaster.cli;

import dev.drillmaster.drill.DrillStatus;
import dev.drillmaster.home.Home;
import dev.drillmaster.journal.OpenInjection;
import dev.drillmaster.lab.Lab;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.program.LabHost;
import dev.drillmaster.program.RunHandle;
import dev.drillmaster.program.RunningProgram;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What goes on in this home. */
@Command(
    name = "status",
    description =
        "Shows the run that is going on, what is held, and how the lab is. Changes nothing.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Home home = Main.home(spec);
    PrintWriter out = spec.commandLine().getOut();
    Optional<RunningProgram> program = RunningProgram.find(home);
    if (program.isPresent()) {
      run(program.get(), out);
    } else {
      out.println("no run is going on");
    }
    List<OpenInjection> open = LabHost.of(home).journal().open();
    for (OpenInjection injection : open) {
      out.println("open injection " + injection.id() + ": " + described(injection));
    }
    if (program.isEmpty() && !open.isEmpty()) {
      out.println("nobody looks after them: run \"drillmaster heal\"");
    }
    out.println();
    out.println(new Lab(home).status().text());
    out.flush();
    return ExitCode.PASSED;
  }

  private static String described(OpenInjection injection) {
    return injection.spec() == null
        ? String.valueOf(injection.problem())
        : injection.spec().fault().effect() + " of " + injection.spec().target();
  }

  private static void run(RunningProgram program, PrintWriter out) {
    out.println("run " + program.run() + ", looked after by process " + program.process().pid());
    try (Orchestrator orchestrator = Orchestrator.at(program.address())) {
      DrillStatus status = RunHandle.of(orchestrator.client(), program.run()).status();
      out.println("  " + status.phase() + " " + status.path() + ": " + status.doing());
      for (DrillStatus.HeldFault fault : status.held()) {
        out.println(
            "  held: "
                + fault.effect()
                + " of "
                + fault.target()
                + ", over by "
                + fault.latestEnd());
      }
      if (status.waiting() != null) {
        out.println("  waiting: " + status.waiting());
      }
    } catch (RuntimeException silent) {
      out.println("  it does not answer: " + silent.getMessage());
    }
  }
}
