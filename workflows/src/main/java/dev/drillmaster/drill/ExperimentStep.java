package dev.drillmaster.drill;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.steadystate.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chaos experiment: the steady state is seen, faults are injected and held while it is watched,
 * all of them are healed, and the steady state is seen again. Nothing is injected if it is not seen
 * at first; a breach, or what {@code stopWhen} names, heals everything at once. Faults begin
 * together unless they say otherwise, and so make a cascade: one after another, after a delay, or
 * when a probe sees something. They are always healed; there is no other strategy.
 *
 * @param name what people call it
 * @param limit the longest that it may take
 * @param verify must be empty: what is to be asked is the steady state
 * @param steadyState what is asked before and afterwards, at least one
 * @param whileHeld what is asked while faults are held; the steady state if absent
 * @param faults what is injected, at least one
 * @param hold how long the faults are held, counted from when all that begin at once are in force;
 *     not at all if absent
 * @param stopWhen once one of these is answered as tolerated while faults are held, all are healed
 *     and nothing is proved; not for what would refute the hypothesis
 * @param interval time between two questions while faults are held, 10 to 200 ms; 200 ms if absent
 * @param failures so many answers in a row that are not tolerated are a breach; 1 if absent
 * @param settle how long the steady state may take to come back afterwards; 30 s if absent
 * @param maxTargets refused if more targets than this would be hit; null if the plan sets no limit
 * @param seed chooses the targets of faults that have a choice, the same each time; a new one for
 *     each run if absent
 */
@JsonTypeName("experiment")
public record ExperimentStep(
    String name,
    Duration limit,
    List<Probe> verify,
    List<Probe> steadyState,
    List<Probe> whileHeld,
    List<ExperimentFault> faults,
    Duration hold,
    List<Probe> stopWhen,
    Duration interval,
    Integer failures,
    Duration settle,
    @Nullable Integer maxTargets,
    @Nullable Integer seed)
    implements Step {

  /** What does not come to a steady state within this was not in one. */
  private static final Duration GATE = Duration.ofSeconds(5);

  /** For those faults that begin at once, until the last of them is in force. */
  private static final Duration ALL_IN_FORCE = Duration.ofSeconds(30);

  public ExperimentStep(
      @Nullable String name,
      @Nullable Duration limit,
      @Nullable List<Probe> verify,
      @Nullable List<Probe> steadyState,
      @Nullable List<Probe> whileHeld,
      @Nullable List<ExperimentFault> faults,
      @Nullable Duration hold,
      @Nullable List<Probe> stopWhen,
      @Nullable Duration interval,
      @Nullable Integer failures,
      @Nullable Duration settle,
      @Nullable Integer maxTargets,
      @Nullable Integer seed) {
    this.name = name == null ? "experiment" : name;
    this.verify = verify == null ? List.of() : List.copyOf(verify);
    this.steadyState = steadyState == null ? List.of() : List.copyOf(steadyState);
    this.whileHeld = whileHeld == null ? this.steadyState : List.copyOf(whileHeld);
    this.faults = faults == null ? List.of() : List.copyOf(faults);
    this.hold = hold == null ? Duration.ZERO : hold;
    this.stopWhen = stopWhen == null ? List.of() : List.copyOf(stopWhen);
    this.interval = interval == null ? WatchStep.LONGEST_INTERVAL : interval;
    this.failures = failures == null ? 1 : failures;
    this.settle = settle == null ? Duration.ofSeconds(30) : settle;
    this.maxTargets = maxTargets;
    this.seed = seed;
    this.limit = limit == null ? GATE.plus(ALL_IN_FORCE).plus(this.hold).plus(this.settle) : limit;
  }

  /** Whether a seed has something to choose. */
  boolean hasChoice() {
    return faults.stream().anyMatch(fault -> !fault.anyOf().isEmpty());
  }

  /**
   * The same with one target for each fault.
   *
   * @param seedOfRun chooses if the plan has no seed
   */
  ExperimentStep chosen(int seedOfRun) {
    int chooses = seed == null ? seedOfRun : seed;
    return new ExperimentStep(
        name,
        limit,
        verify,
        steadyState,
        whileHeld,
        faults.stream().map(fault -> fault.chosen(chooses)).toList(),
        hold,
        stopWhen,
        interval,
        failures,
        settle,
        maxTargets,
        chooses);
  }

  /** The steady state before, the faults in order, the watch if they are held, and after. */
  @Override
  public List<Step> during() {
    List<Step> steps = new ArrayList<>();
    steps.add(before());
    faults.forEach(fault -> steps.add(inject(fault)));
    if (!hold.isZero()) {
      steps.add(watch());
    }
    steps.add(after());
    return steps;
  }

  SteadyStateStep before() {
    return new SteadyStateStep("steady state before", GATE, steadyState);
  }

  /** A fault as a step, which holds it for no longer than it may take. */
  public InjectStep inject(ExperimentFault fault) {
    return fault.inject(hold.plus(ALL_IN_FORCE));
  }

  WatchStep watch() {
    return new WatchStep(
        "steady state while held", null, null, whileHeld, hold, interval, failures, stopWhen);
  }

  /** The last part. */
  public SteadyStateStep after() {
    return new SteadyStateStep("steady state after", settle, steadyState);
  }

  @Override
  public boolean changesTheSystem() {
    return faults.stream().anyMatch(fault -> fault.host() == null);
  }

  @Override
  public String does(Roles roles) {
    String held =
        hold.isZero() ? "and heal at once" : "hold for " + hold.toMillis() / 1000.0 + " s and heal";
    return "inject %s, %s"
        .formatted(
            faults.size() == 1 ? inject(faults.get(0)).does(roles) : faults.size() + " faults",
            held);
  }
}
