package dev.drillmaster.drill;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a drill does, as an engineer writes it.
 *
 * @param name the plan's name: lower case, digits and dashes
 * @param title one line for people
 * @param hypothesis what the drill is to prove
 * @param system the system that it is done to, by the name that its host gives it
 * @param environment where the system stands, such as {@code lab}; {@code lab} if absent
 * @param objectives what must be achieved
 * @param maxDuration the longest that the run may take, rollback not counted; 5 minutes if absent
 * @param steps what is done, in order
 * @param expect how a run must end, if that is not PASSED; null if the plan says nothing
 */
public record DrillPlan(
    String name,
    String title,
    String hypothesis,
    String system,
    String environment,
    Objectives objectives,
    Duration maxDuration,
    List<Step> steps,
    // Left out if absent, so that the digests of older plans stay as they are.
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Expect expect) {

  /** A plan that says nothing: {@link PlanRules} refuses it with all that is missing. */
  public static final DrillPlan EMPTY =
      new DrillPlan(null, null, null, null, null, null, null, null, null);

  /** A name or a system that the JSON lacks becomes empty, which {@link PlanRules} refuses. */
  public DrillPlan(
      @Nullable String name,
      @Nullable String title,
      @Nullable String hypothesis,
      @Nullable String system,
      @Nullable String environment,
      @Nullable Objectives objectives,
      @Nullable Duration maxDuration,
      @Nullable List<Step> steps,
      @Nullable Expect expect) {
    this.name = name == null ? "" : name;
    this.title = title == null ? this.name : title;
    this.hypothesis = hypothesis == null ? "" : hypothesis;
    this.system = system == null ? "" : system;
    this.environment = environment == null ? "lab" : environment;
    this.objectives = objectives == null ? new Objectives(null, null) : objectives;
    this.maxDuration = maxDuration == null ? Duration.ofMinutes(5) : maxDuration;
    this.steps = steps == null ? List.of() : List.copyOf(steps);
    this.expect = expect;
  }

  /**
   * The same with one target for each fault of its experiments.
   *
   * @param seed chooses where the plan has no seed of its own
   */
  DrillPlan chosen(int seed) {
    return new DrillPlan(
        name,
        title,
        hypothesis,
        system,
        environment,
        objectives,
        maxDuration,
        steps.stream().map(step -> chosen(step, seed)).toList(),
        expect);
  }

  private static Step chosen(Step step, int seed) {
    return step instanceof ExperimentStep experiment && experiment.hasChoice()
        ? experiment.chosen(seed)
        : step;
  }

  /** The experiment that this plan is, if it is nothing else; null for a drill. */
  public @Nullable ExperimentStep experiment() {
    return steps.size() == 1 && steps.get(0) instanceof ExperimentStep only ? only : null;
  }

  /** The type of the workflow that runs it. */
  public String workflowType() {
    return experiment() == null ? DrillWorkflow.TYPE : ExperimentWorkflow.TYPE;
  }

  /** The hosts whose agents it needs: the one of its system first, each once. */
  public Set<String> hosts() {
    Set<String> hosts = new LinkedHashSet<>(Set.of(system));
    hosts(steps, hosts);
    return hosts;
  }

  private static void hosts(List<Step> steps, Set<String> hosts) {
    for (Step step : steps) {
      if (step instanceof InjectStep inject && inject.host() != null) {
        hosts.add(inject.host());
      }
      hosts(step.during(), hosts);
    }
  }
}
