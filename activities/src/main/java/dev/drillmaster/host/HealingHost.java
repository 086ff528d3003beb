package dev.drillmaster.host;

import dev.drillmaster.drill.CompensationActivities;
import dev.drillmaster.drill.CompensationReport;
import dev.drillmaster.drill.CompensationRequest;
import dev.drillmaster.injection.HealActivities;
import dev.drillmaster.injection.HealAllReport;
import dev.drillmaster.injection.HealAllRequest;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.Injected;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injector.HostInjections;
import dev.drillmaster.step.HostSteps;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a host does on its healing queue, where nothing that acts is in the way. */
public final class HealingHost implements HealActivities, CompensationActivities {

  private final HostInjections injections;
  private final HostSteps steps;

  /** Covers these. */
  public HealingHost(HostInjections injections, HostSteps steps) {
    this.injections = injections;
    this.steps = steps;
  }

  @Override
  public HealReport heal(InjectionSpec injection) {
    return Failing.explained(() -> injections.heal(injection, "workflow"));
  }

  @Override
  public List<HealReport> healRun(UUID runId, String by) {
    return Failing.explained(() -> injections.healRun(runId, by));
  }

  @Override
  public @Nullable Injected injected(UUID injectionId) {
    return Failing.explained(() -> injections.injected(injectionId)).orElse(null);
  }

  @Override
  public HealAllReport healAll(HealAllRequest request) {
    return Failing.explained(() -> injections.healAll(request.by()));
  }

  @Override
  @SuppressWarnings("try") // It beats until the compensation is done.
  public CompensationReport compensate(CompensationRequest request) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    int attempt = context.getInfo().getAttempt();
    try (Heartbeating beating = Heartbeating.ofCompensation(context)) {
      return Failing.explained(() -> steps.compensate(request, attempt));
    }
  }
}
