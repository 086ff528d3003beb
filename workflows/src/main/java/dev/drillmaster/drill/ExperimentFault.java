package dev.drillmaster.drill;

import dev.drillmaster.audit.NamedId;
import dev.drillmaster.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A fault of an experiment.
 *
 * @param name what others call it that begin after it; the mechanism if absent
 * @param fault what is done
 * @param target role or name of the target; absent if there is a choice
 * @param anyOf one of these is the target, chosen by the experiment's seed
 * @param host the host whose agent injects; the one of the plan's system if absent
 * @param lease how long the fault lives without renewal; 10 s if absent
 * @param begin when it begins; at once if absent
 * @param lasts healed after so long; when the experiment's hold is over if absent
 */
public record ExperimentFault(
    String name,
    Fault fault,
    @Nullable String target,
    List<String> anyOf,
    @Nullable String host,
    Duration lease,
    Begin begin,
    @Nullable Duration lasts) {

  public ExperimentFault(
      @Nullable String name,
      Fault fault,
      @Nullable String target,
      @Nullable List<String> anyOf,
      @Nullable String host,
      @Nullable Duration lease,
      @Nullable Begin begin,
      @Nullable Duration lasts) {
    this.name = name == null ? mechanism(fault) : name;
    this.fault = fault;
    this.target = target;
    this.anyOf = anyOf == null ? List.of() : List.copyOf(anyOf);
    this.host = host;
    this.lease = lease == null ? Duration.ofSeconds(10) : lease;
    this.begin = begin == null ? Begin.AT_ONCE : begin;
    this.lasts = lasts;
  }

  /** A plan from the UI may lack the fault, and is refused for that by {@link PlanRules}. */
  private static String mechanism(@Nullable Fault fault) {
    return fault == null ? "" : fault.mechanism();
  }

  /** All that may be the target, for people and for those who look what stands in the way. */
  String targets() {
    return target == null ? String.join(" or ", anyOf) : target;
  }

  /** The same with one target, if there is a choice. */
  ExperimentFault chosen(int seed) {
    if (anyOf.isEmpty()) {
      return this;
    }
    // By a name-based id and not by a generator of random numbers, which a workflow must not have.
    long number = NamedId.of(new UUID(0, seed), "choice/" + name).getLeastSignificantBits();
    String one = anyOf.get((int) Math.floorMod(number, (long) anyOf.size()));
    return new ExperimentFault(name, fault, one, List.of(), host, lease, begin, lasts);
  }

  /** As a step, which holds the fault for at most so long. */
  InjectStep inject(Duration limit) {
    return new InjectStep(
        name + begin.described(), limit, List.of(), fault, targets(), lease, List.of(), host);
  }
}
