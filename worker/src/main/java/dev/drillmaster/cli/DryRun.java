package dev.drillmaster.cli;

import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.InjectStep;
import dev.drillmaster.drill.Roles;
import dev.drillmaster.drill.Step;
import dev.drillmaster.home.Home;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injector.RefusedException;
import dev.drillmaster.program.LabHost;
import dev.drillmaster.program.LocalHost;
import dev.drillmaster.program.RunningProgram;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a run of a plan would do, to which target, and what stands in its way now. Reads only, also
 * in a home that is not there: see {@link dev.drillmaster.injector.HostInjections#prepare}.
 */
final class DryRun {

  private final LocalHost host;
  private final Home home;
  private final DrillPlan plan;
  private final PrintWriter words;

  /** Refusals so far. */
  private int refused;

  DryRun(Home home, DrillPlan plan, PrintWriter words) {
    this.host = LabHost.of(home);
    this.home = home;
    this.plan = plan;
    this.words = words;
  }

  /** Prints all of it; returns the exit code. */
  int print() throws IOException, InterruptedException {
    Optional<Roles> roles = Optional.empty();
    String system;
    try {
      roles = host.steps().look(plan.system());
      system = roles.map(DryRun::named).orElse("not whole now: a run puts it right, then asks");
    } catch (RefusedException undefined) {
      boolean ours = plan.system().equals(LabHost.NAME);
      system = ours ? "not there yet: a run makes and starts it" : refusal(undefined);
    } catch (IOException unknown) {
      system = refusal(unknown);
    }
    words.println(PlanText.of(plan, roles.orElse(PlanText.ROLES)));
    words.println();
    words.println("As it is now, in " + PlainText.oneLine(home.root().toString()));
    line("  permit  ", permit());
    line("  system  ", system);
    if (roles.isPresent()) {
      prepare(plan.steps(), "", roles.get());
    } else {
      line("  faults  ", "not prepared: their targets are not there to be asked");
    }
    words.println();
    words.println("Nothing was done.");
    words.flush();
    return refused == 0 ? ExitCode.PASSED : ExitCode.REFUSED;
  }

  private static String named(Roles roles) {
    return roles.primary() + " is primary, and " + roles.standby() + " streams from it";
  }

  /** The home's lock is not tried: that would write. */
  private String permit() throws IOException {
    Optional<RunningProgram> other = RunningProgram.find(home);
    return other.isPresent() && !other.get().takesRuns()
        ? refusal(other.get().inTheWay())
        : "given: one program at a time acts on a home, and none does; there is no other limit";
  }

  private void prepare(List<Step> steps, String prefix, Roles roles) throws InterruptedException {
    for (int index = 0; index < steps.size(); index++) {
      String path = prefix + (index + 1);
      if (steps.get(index) instanceof InjectStep inject) {
        line("  step " + path + "  ", prepared(path, inject, roles));
      }
      prepare(steps.get(index).during(), path + ".", roles);
    }
  }

  private String prepared(String path, InjectStep inject, Roles roles) throws InterruptedException {
    String target = roles.node(inject.target());
    if (inject.host() != null && !inject.host().equals(LabHost.NAME)) {
      return target + " is on host " + inject.host() + ": its agent is asked when the plan runs";
    }
    InjectionSpec spec = inject.spec(UUID.randomUUID(), path, LabHost.NAME, roles);
    try {
      return target + " is ready: " + host.injections().prepare(spec).priorState();
    } catch (RefusedException | IOException cannot) {
      return refusal(cannot);
    }
  }

  /** What cannot be looked at is refused, too. */
  private String refusal(Exception reason) {
    return refusal(String.valueOf(reason.getMessage()));
  }

  private String refusal(String reason) {
    refused++;
    return "refused: " + reason;
  }

  private void line(String label, String text) {
    PlainText.wrapped(label, text).forEach(words::println);
  }
}
