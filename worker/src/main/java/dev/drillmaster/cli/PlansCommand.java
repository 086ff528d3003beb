package dev.drillmaster.cli;

import dev.drillmaster.plan.PlanFiles;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The plans that ship. */
@Command(name = "plans", description = "Lists and shows plans.", mixinStandardHelpOptions = true)
final class PlansCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    list();
  }

  @Command(name = "list", description = "Lists the plans.", mixinStandardHelpOptions = true)
  int list() {
    for (String name : PlanFiles.SHIPPED) {
      out().printf("%-26s %s%n", name, PlanFiles.shipped(name).title());
    }
    return ExitCode.PASSED;
  }

  @Command(
      name = "show",
      description = "Shows what a plan does, and how long a fault can outlive everything.",
      mixinStandardHelpOptions = true)
  int show(@Parameters(paramLabel = "PLAN", description = "the plan's name") String name) {
    out().println(PlanText.of(PlanFiles.shipped(name), PlanText.ROLES));
    out().flush();
    return ExitCode.PASSED;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
