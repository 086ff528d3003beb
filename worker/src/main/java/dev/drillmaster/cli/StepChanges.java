package dev.drillmaster.cli;

import dev.drillmaster.drill.DrillReport.StepLine;
import dev.drillmaster.drill.DrillStatus;
import dev.drillmaster.drill.DrillStatus.HeldFault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Steps that began or ended and faults that were held or healed between two looks. Steps follow one
 * another, so that their order is known without a clock: a step begins after those around it, and
 * ends after its fault is healed.
 */
final class StepChanges {

  private record Placed(HeldFault fault, String path) {}

  private final PlanSteps plan;
  private final DrillStatus now;
  private final ProgressLines lines;
  private final List<StepLine> ended;
  private final Set<String> begun = new HashSet<>();
  private final List<Placed> held;
  private final List<Placed> healed;

  StepChanges(PlanSteps plan, @Nullable DrillStatus before, DrillStatus now, ProgressLines lines) {
    this.plan = plan;
    this.now = now;
    this.lines = lines;
    if (before == null) {
      this.ended = now.steps();
      this.held = placed(now, Set.of());
      this.healed = new ArrayList<>();
    } else {
      this.ended = ProgressText.since(now.steps(), before.steps());
      this.held = placed(now, ids(before));
      this.healed = placed(before, ids(now));
      before.steps().forEach(step -> begun.add(step.path()));
      begun.addAll(PlanSteps.lineage(before.path()));
    }
  }

  private static Set<String> ids(DrillStatus status) {
    return status.held().stream().map(HeldFault::id).collect(Collectors.toSet());
  }

  /** Faults are nested as their steps are: the first that is held is that of the outermost. */
  private List<Placed> placed(DrillStatus status, Set<String> known) {
    List<String> places = plan.injecting(status.path());
    List<Placed> placed = new ArrayList<>();
    for (int index = 0; index < status.held().size(); index++) {
      HeldFault fault = status.held().get(index);
      if (!known.contains(fault.id())) {
        placed.add(new Placed(fault, index < places.size() ? places.get(index) : ""));
      }
    }
    return placed;
  }

  /** Adds the lines. */
  void tell() {
    for (StepLine step : ended) {
      begin(step.path(), step.startedAt());
      healed(step.path(), step.endedAt());
      lines.add(step.endedAt(), step.path(), StepText.status(step.status()), StepText.named(step));
    }
    begin(now.path(), null);
    // A fault whose step is not in the plan as we know it is told all the same.
    for (Placed fault : List.copyOf(held)) {
      held(fault.path(), null);
    }
    for (Placed fault : List.copyOf(healed)) {
      healed(fault.path(), null);
    }
  }

  private void begin(String path, @Nullable Instant at) {
    for (String place : PlanSteps.lineage(path)) {
      if (begun.add(place)) {
        lines.add(at, place, does(place));
      }
      held(place, at);
    }
  }

  private String does(String path) {
    boolean running = now.phase().equals("running") && path.equals(now.path());
    return running ? plan.does(path, now.doing()) : plan.does(path);
  }

  private void held(String path, @Nullable Instant at) {
    for (HeldFault fault : taken(held, path)) {
      String until = " (over by " + lines.clock(fault.latestEnd()) + " in any case)";
      lines.add(at, path, "held", words(fault) + until);
    }
  }

  private void healed(String path, @Nullable Instant at) {
    taken(healed, path).forEach(fault -> lines.add(at, path, "healed", words(fault)));
  }

  /** Takes the faults of one step out of the list, so that each is told once. */
  private static List<HeldFault> taken(List<Placed> faults, String path) {
    List<Placed> taken = faults.stream().filter(fault -> fault.path().equals(path)).toList();
    faults.removeAll(taken);
    return taken.stream().map(Placed::fault).toList();
  }

  private static String words(HeldFault fault) {
    return fault.effect() + " of " + fault.target();
  }
}
