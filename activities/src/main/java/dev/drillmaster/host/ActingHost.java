package dev.drillmaster.host;

import dev.drillmaster.agent.AgentIdentity;
import dev.drillmaster.drill.Roles;
import dev.drillmaster.drill.StepActivities;
import dev.drillmaster.drill.StepRequest;
import dev.drillmaster.drill.StepResult;
import dev.drillmaster.injection.Held;
import dev.drillmaster.injection.HoldReport;
import dev.drillmaster.injection.HostActivities;
import dev.drillmaster.injection.Injected;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Prepared;
import dev.drillmaster.injector.HostInjections;
import dev.drillmaster.injector.RefusedException;
import dev.drillmaster.step.HostSteps;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a host does on its acting queue. */
public final class ActingHost implements HostActivities, StepActivities {

  /** Less than a host may be silent. A heal that takes longer is asked for by the run. */
  private static final Duration UNTIL_HEALED = Duration.ofSeconds(4);

  private final AgentIdentity identity;
  private final HostInjections injections;
  private final HostSteps steps;
  private final ServerAnswer server;

  /**
   * Covers these.
   *
   * @param identity which agent this is
   * @param stubs to ask the server whether an action is still wanted
   */
  public ActingHost(
      AgentIdentity identity,
      HostInjections injections,
      HostSteps steps,
      WorkflowServiceStubs stubs) {
    this.identity = identity;
    this.injections = injections;
    this.steps = steps;
    this.server = new ServerAnswer(stubs);
  }

  @Override
  public Prepared prepare(InjectionSpec injection) {
    return Failing.explained(() -> injections.prepare(injection));
  }

  @Override
  public Injected inject(InjectionSpec injection, @Nullable String agent) {
    return Failing.explained(
        () -> {
          refuseUnless(agent);
          return injections.inject(injection, server::require);
        });
  }

  /** Two agents of one name have two journals: what one injects the other does not heal. */
  private void refuseUnless(@Nullable String agent) {
    if (agent != null && !agent.equals(identity.named())) {
      throw new RefusedException(
          "another agent than this one looked before: host "
              + identity.host()
              + " has two, or it was started again; end one of them, or run again");
    }
  }

  @Override
  public Held hold(InjectionSpec injection) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    ServerPulse pulse =
        new ServerPulse(
            server,
            context.getTaskToken(),
            context.getInfo().getNamespace(),
            injection.lease(),
            injections::held);
    return Failing.explained(
        () -> {
          HoldReport report = injections.hold(injection, pulse);
          return new Held(report, injections.healed(injection.id(), UNTIL_HEALED).orElse(null));
        });
  }

  @Override
  public Roles resolve(String system) {
    return Failing.explained(() -> steps.resolve(system));
  }

  @Override
  @SuppressWarnings("try") // It beats until the step is done.
  public StepResult run(StepRequest request) {
    try (Heartbeating beating = Heartbeating.ofStep(Activity.getExecutionContext())) {
      return Failing.explained(() -> steps.run(request, server::require));
    }
  }
}
