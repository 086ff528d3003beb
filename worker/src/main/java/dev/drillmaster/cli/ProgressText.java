package dev.drillmaster.cli;

import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillStatus;
import dev.drillmaster.drill.Roles;
import dev.drillmaster.measure.LoadStatus;
import dev.drillmaster.verdict.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What changed in a run between two looks at it, in lines for people: elapsed time, place in the
 * plan, what happened. Steps that began or ended between two looks are not lost, because the status
 * keeps all that are over; a fault that came and went between two looks is told by the result only.
 */
final class ProgressText {

  /**
   * One look at a run.
   *
   * @param status what the run answered
   * @param load how the load goes; null if there is none or it was not asked
   * @param leases how long faults that are held live without renewal, by their injections' ids;
   *     without those that another program holds
   * @param at when the answer came, by the clock of who asks
   */
  record Look(
      DrillStatus status, @Nullable LoadStatus load, Map<String, Duration> leases, Instant at) {}

  private final PlanSteps plan;
  private final Instant startedAt;
  private final ZoneId zone;

  /**
   * For one run.
   *
   * @param roles the nodes' names if they are known, else {@link PlanText#ROLES}
   * @param startedAt from where elapsed time counts
   * @param zone for the instants that are shown
   */
  ProgressText(DrillPlan plan, Roles roles, Instant startedAt, ZoneId zone) {
    this.plan = new PlanSteps(plan, roles);
    this.startedAt = startedAt;
    this.zone = zone;
  }

  /**
   * The lines for what changed, in the order in which it happened; often none.
   *
   * @param before the look before; null at the first
   */
  List<String> lines(@Nullable Look before, Look now) {
    Instant earliest = before == null ? startedAt : before.at();
    ProgressLines lines = new ProgressLines(startedAt, earliest, now.at(), zone);
    DrillStatus was = before == null ? null : before.status();
    DrillStatus is = now.status();
    new StepChanges(plan, was, is, lines).tell();
    since(is.findings(), was == null ? List.of() : was.findings())
        .forEach(found -> lines.add(null, "", "finding", finding(found)));
    LoadChanges.tell(before == null ? null : before.load(), now.load(), lines);
    waiting(was == null ? null : was.waiting(), is.waiting(), lines);
    if (!is.phase().equals("running") && (was == null || !is.phase().equals(was.phase()))) {
      lines.add(null, "", is.phase() + ": " + is.doing());
    }
    return lines.all();
  }

  private static void waiting(@Nullable String before, @Nullable String now, ProgressLines lines) {
    if (now != null && before == null) {
      lines.add(null, "", "waiting", now);
    } else if (now == null && before != null) {
      lines.add(null, "", "goes on", "no longer waiting");
    }
  }

  private static String finding(Finding finding) {
    return finding.code() + " (" + finding.verdict() + "): " + finding.summary();
  }

  /** What a list that only grows has more; nothing if it shrank, as after a Workflow Reset. */
  static <T> List<T> since(List<T> now, List<T> before) {
    return now.size() <= before.size() ? List.of() : now.subList(before.size(), now.size());
  }
}
