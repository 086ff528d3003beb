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
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
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
    return beating(() -> injections.heal(injection, "workflow"));
  }

  @Override
  public List<HealReport> healRun(UUID runId, String by) {
    return beating(() -> injections.healRun(runId, by));
  }

  @Override
  public @Nullable Injected injected(UUID injectionId) {
    return Failing.explained(() -> injections.injected(injectionId)).orElse(null);
  }

  @Override
  public HealAllReport healAll(HealAllRequest request) {
    return beating(() -> injections.healAll(request.by()));
  }

  @Override
  public CompensationReport compensate(CompensationRequest request) {
    int attempt = Activity.getExecutionContext().getInfo().getAttempt();
    return beating(() -> steps.compensate(request, attempt));
  }

  /** Tells until it is done that this host is still there: another attempt need not wait longer. */
  @SuppressWarnings("try") // It beats; nobody calls it.
  private static <T> T beating(Callable<T> putsRight) {
    try (Heartbeating beating = Heartbeating.ofHealing(Activity.getExecutionContext())) {
      return Failing.explained(putsRight);
    }
  }
}
