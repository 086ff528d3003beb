package dev.drillmaster.cli;

import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.InjectStep;
import dev.drillmaster.drill.Roles;
import dev.drillmaster.drill.Step;
import dev.drillmaster.plan.PlanFiles;
import dev.drillmaster.wire.DurationText;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
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
    DrillPlan plan = PlanFiles.shipped(name);
    out().println(plan.name() + ": " + plan.title());
    out().println(plan.hypothesis());
    out()
        .println(
            "system "
                + plan.system()
                + ", at most "
                + DurationText.format(plan.maxDuration())
                + objectives(plan));
    steps(plan.steps(), "", "  ");
    out().flush();
    return ExitCode.PASSED;
  }

  private static String objectives(DrillPlan plan) {
    Duration rto = plan.objectives().rto();
    Duration rpo = plan.objectives().rpo();
    return (rto == null ? "" : ", RTO " + DurationText.format(rto))
        + (rpo == null ? "" : ", RPO " + DurationText.format(rpo));
  }

  private void steps(List<Step> steps, String prefix, String indent) {
    Roles roles = new Roles("the primary", "the standby");
    for (int index = 0; index < steps.size(); index++) {
      Step step = steps.get(index);
      String path = prefix + (index + 1);
      out()
          .println(
              indent
                  + path
                  + "  "
                  + step.does(roles)
                  + "  (at most "
                  + DurationText.format(step.limit())
                  + ")");
      if (step instanceof InjectStep inject) {
        Duration bound = inject.lease().plus(inject.fault().healTime()).plusSeconds(1);
        out()
            .println(
                indent
                    + "   outlives everything by at most "
                    + DurationText.format(bound)
                    + " (lease "
                    + DurationText.format(inject.lease())
                    + ", healing "
                    + DurationText.format(inject.fault().healTime())
                    + ", 1s)");
        steps(inject.during(), path + ".", indent + "  ");
      }
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
