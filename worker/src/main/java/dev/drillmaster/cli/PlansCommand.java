package dev.drillmaster.cli;

import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.plan.PlanFiles;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The plans that ship, and those that an engineer writes. */
@Command(
    name = "plans",
    description = "Lists, shows and checks plans.",
    subcommands = CheckCommand.class,
    mixinStandardHelpOptions = true)
final class PlansCommand implements Runnable {

  /** Below this a picture says nothing. */
  private static final int NARROWEST = 40;

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
      description = {
        "Shows what a plan does, and how long a fault can outlive everything; then a picture of its",
        "steps, each with the longest that it may take."
      },
      mixinStandardHelpOptions = true)
  int show(
      @Parameters(paramLabel = "PLAN|FILE", description = "the plan's name, or its file")
          String name,
      @Option(
              names = "--set",
              paramLabel = "NAME=VALUE",
              description = "Gives a variable of the plan this value; as often as needed.")
          Map<String, String> set,
      @Option(
              names = "--width",
              paramLabel = "COLUMNS",
              defaultValue = "${env:COLUMNS:-80}",
              description = "The columns that the picture may take; COLUMNS, else 80.")
          int width) {
    DrillPlan plan = PlanFiles.find(name, set == null ? Map.of() : set);
    out().println(PlanText.of(plan, PlanText.ROLES));
    out().println();
    out().println(PlanPicture.of(plan, PlanText.ROLES, Math.max(NARROWEST, width)));
    out().flush();
    return ExitCode.PASSED;
  }

  @Command(
      name = "schema",
      description = {
        "Prints the JSON Schema of a plan. With it, editors complete and check plans: see the first",
        "line of the plans that ship."
      },
      mixinStandardHelpOptions = true)
  int schema() {
    out().print(PlanFiles.schema());
    out().flush();
    return ExitCode.PASSED;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
