package dev.drillmaster.drill;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.fault.Fault;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.steadystate.Probe;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Injects a fault and holds it while the inner steps run; healed when they are done, or at once if
 * one fails.
 *
 * @param name what people call it
 * @param limit the longest that the fault is held; the steps inside end with it
 * @param verify must be empty: what is to be asked belongs into a step inside
 * @param fault what is done
 * @param target role or name of the target
 * @param lease how long the fault lives without renewal; 10 s if absent
 * @param during what happens while the fault is held
 * @param host the host whose agent injects; the one of the plan's system if absent
 */
@JsonTypeName("inject")
public record InjectStep(
    String name,
    Duration limit,
    List<Probe> verify,
    Fault fault,
    String target,
    Duration lease,
    List<Step> during,
    // Left out if absent, so that the digests of older plans stay as they are.
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String host)
    implements Step {
  public InjectStep(
      @Nullable String name,
      @Nullable Duration limit,
      @Nullable List<Probe> verify,
      Fault fault,
      String target,
      @Nullable Duration lease,
      @Nullable List<Step> during,
      @Nullable String host) {
    this.name = name == null ? "inject" : name;
    this.limit = limit == null ? Duration.ofMinutes(2) : limit;
    this.verify = verify == null ? List.of() : List.copyOf(verify);
    this.fault = fault;
    this.target = target;
    this.lease = lease == null ? Duration.ofSeconds(10) : lease;
    this.during = during == null ? List.of() : List.copyOf(during);
    this.host = host;
  }

  /**
   * What a host is asked for.
   *
   * @param runId the run: its original execution
   * @param path this step's place in the plan
   * @param system the plan's
   * @param roles who is what in it
   */
  public InjectionSpec spec(UUID runId, String path, String system, Roles roles) {
    String node = roles.node(target);
    return new InjectionSpec(
        InjectionSpec.idOf(runId, path, node, 1),
        runId,
        path,
        fault,
        node,
        host == null ? system : host,
        lease,
        limit);
  }

  @Override
  public boolean changesTheSystem() {
    return host == null;
  }

  @Override
  public String does(Roles roles) {
    String on = host == null ? "" : " on " + host;
    return fault.effect() + " of " + roles.node(target) + on;
  }
}
