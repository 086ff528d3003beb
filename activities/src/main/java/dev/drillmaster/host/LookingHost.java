package dev.drillmaster.host;

import dev.drillmaster.agent.AgentIdentity;
import dev.drillmaster.drill.LookActivities;
import dev.drillmaster.drill.LookRequest;
import dev.drillmaster.drill.Looked;
import dev.drillmaster.drill.Roles;
import dev.drillmaster.drill.StepResult;
import dev.drillmaster.drill.StepStatus;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Ready;
import dev.drillmaster.injector.HostInjections;
import dev.drillmaster.injector.RefusedException;
import dev.drillmaster.step.HostSteps;
import java.util.ArrayList;
import java.util.List;

/** What a host sees before an experiment. */
public final class LookingHost implements LookActivities {

  private final AgentIdentity identity;
  private final HostInjections injections;
  private final HostSteps steps;

  /** Covers these. */
  public LookingHost(AgentIdentity identity, HostInjections injections, HostSteps steps) {
    this.identity = identity;
    this.injections = injections;
    this.steps = steps;
  }

  @Override
  public Looked before(LookRequest request) {
    return Failing.explained(() -> look(request));
  }

  private Looked look(LookRequest request) throws Exception {
    boolean ours = request.host().equals(request.system());
    Roles roles = request.roles() == null ? steps.resolve(request.system()) : request.roles();
    if (!ours) {
      return new Looked(roles, null, faults(request, roles));
    }
    StepResult gate = steps.ask(request.gate(roles));
    boolean steady = StepStatus.of(gate) == StepStatus.MET;
    return new Looked(roles, gate, steady ? faults(request, roles) : List.of());
  }

  private List<Ready> faults(LookRequest request, Roles roles) throws Exception {
    List<Ready> seen = new ArrayList<>();
    for (InjectionSpec injection : request.faults(roles)) {
      seen.add(ready(injection));
    }
    return seen;
  }

  private Ready ready(InjectionSpec injection) throws Exception {
    String agent = identity.named();
    try {
      return new Ready(injection.id(), agent, injections.prepare(injection), null);
    } catch (RefusedException refused) {
      return new Ready(injection.id(), agent, null, refused.getMessage());
    }
  }
}
