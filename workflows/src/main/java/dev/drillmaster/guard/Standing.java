package dev.drillmaster.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How things stand in the moment in which somebody asks to be admitted. The rules of admission are
 * here, without a database.
 *
 * @param limits what holds for all runs
 * @param stop why everything is stopped, as a sentence; null if it is not
 * @param inForce permits of others that count now
 * @param ahead others that wait and asked before, first come first
 */
public record Standing(
    SystemLimits limits, @Nullable String stop, List<Claim> inForce, List<Claim> ahead) {

  /**
   * What somebody has or waits for.
   *
   * @param workflowId the run
   * @param targets see {@link AdmissionRequest#targets}
   */
  public record Claim(String workflowId, List<String> targets) {
    public Claim {
      targets = List.copyOf(targets);
    }
  }

  public Standing {
    inForce = List.copyOf(inForce);
    ahead = List.copyOf(ahead);
  }

  /**
   * What stands in the way of a run; empty if nothing does. Who waits is overtaken by nobody who
   * wants one of his targets or the place that he would get. A place is kept only for who could
   * begin now: who waits for a target is given a place along with it, by the run that has both.
   */
  public Optional<Refusal> against(AdmissionRequest wish) {
    Optional<Refusal> never = againstAtAnyTime(wish);
    if (never.isPresent()) {
      return never;
    }
    List<Claim> taken = new ArrayList<>(inForce);
    int places = limits.maxConcurrentRuns() - inForce.size();
    for (Claim before : ahead) {
      boolean couldBegin = places > 0 && busy(before.targets(), taken).isEmpty();
      places -= couldBegin ? 1 : 0;
      taken.add(before);
    }
    Optional<Refusal> busy = busy(wish.targets(), taken);
    return busy.isEmpty() && places <= 0 ? Optional.of(noPlace()) : busy;
  }

  /** What waiting would not change. */
  private Optional<Refusal> againstAtAnyTime(AdmissionRequest wish) {
    if (stop != null) {
      return Optional.of(new Refusal(Refusal.Kind.GLOBAL_STOP, stop));
    }
    if (wish.production() && !limits.productionAllowed()) {
      return Optional.of(
          new Refusal(
              Refusal.Kind.PRODUCTION, "the plan is for production, and no plan may run there"));
    }
    if (wish.maxDuration().compareTo(limits.maxDuration()) > 0) {
      return Optional.of(
          new Refusal(
              Refusal.Kind.MAX_DURATION,
              "the plan may take "
                  + wish.maxDuration().toSeconds()
                  + " s, and no plan may take more than "
                  + limits.maxDuration().toSeconds()
                  + " s"));
    }
    return Optional.empty();
  }

  private static Optional<Refusal> busy(List<String> targets, List<Claim> taken) {
    for (Claim other : taken) {
      for (String target : targets) {
        if (other.targets().stream().anyMatch(theirs -> overlap(target, theirs))) {
          return Optional.of(
              new Refusal(
                  Refusal.Kind.TARGET_BUSY,
                  target + " is taken by run " + other.workflowId() + ", which came first"));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether they are the same, or one is part of the other. */
  private static boolean overlap(String one, String other) {
    return one.equals(other) || one.startsWith(other + "/") || other.startsWith(one + "/");
  }

  private Refusal noPlace() {
    List<String> names = inForce.stream().map(Claim::workflowId).toList();
    return new Refusal(
        Refusal.Kind.CONCURRENCY,
        "at most "
            + limits.maxConcurrentRuns()
            + " runs may go on at the same time, and these do: "
            + names
            + (ahead.isEmpty() ? "" : "; " + ahead.size() + " more came first"));
  }

  /** Whether waiting may help against it. */
  public static boolean mayPass(Refusal refusal) {
    // Not a global stop: whoever resumes must know what begins then.
    return refusal.kind() == Refusal.Kind.CONCURRENCY || refusal.kind() == Refusal.Kind.TARGET_BUSY;
  }
}
