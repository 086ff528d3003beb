package dev.drillmaster.drill;

import dev.drillmaster.steadystate.Observation;
import dev.drillmaster.verdict.Finding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step did.
 *
 * @param detail one line for people
 * @param criteria what had to be true, and what was seen
 * @param observations answers to the plan's own probes
 * @param findings what somebody should act on
 * @param measurement what was measured, if this step measures
 */
public record StepResult(
    String detail,
    List<Criterion> criteria,
    List<Observation> observations,
    List<Finding> findings,
    @Nullable Measurement measurement) {

  public StepResult {
    criteria = List.copyOf(criteria);
    observations = List.copyOf(observations);
    findings = List.copyOf(findings);
  }

  /** A step that measures nothing and found nothing. */
  public static StepResult of(String detail, Criterion... criteria) {
    return new StepResult(detail, List.of(criteria), List.of(), List.of(), null);
  }

  /** The same with another line for people. */
  StepResult saying(String other) {
    return new StepResult(other, criteria, observations, findings, measurement);
  }

  /** The same with one more finding. */
  public StepResult plus(Finding finding) {
    List<Finding> more = new ArrayList<>(findings);
    more.add(finding);
    return new StepResult(detail, criteria, observations, more, measurement);
  }
}
