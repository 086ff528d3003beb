package dev.drillmaster.step;

import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.Injected;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injector.InjectionListener;
import dev.drillmaster.system.SystemDefinition;
import dev.drillmaster.system.Systems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Stamps what happens to an injection on the measurement of its run. An injection that cannot be
 * measured is not begun.
 */
public final class LoadMarks implements InjectionListener {

  private final Systems systems;

  /** For the runs on these systems. */
  public LoadMarks(Systems systems) {
    this.systems = systems;
  }

  @Override
  public void beforeInject(InjectionSpec spec) {
    require(spec, Marks.INJECTING);
  }

  @Override
  public void afterInject(InjectionSpec spec, Injected injected) {
    require(spec, Marks.INJECTED);
  }

  @Override
  public void afterHeal(InjectionSpec spec, HealReport report) {
    // Nothing is judged by when it was healed: that is a milestone for people.
    marks(spec).ifPresent(marks -> marks.stamp(Marks.HEALED));
  }

  private void require(InjectionSpec spec, String name) {
    marks(spec)
        .ifPresent(
            marks -> {
              try {
                marks.require(name);
              } catch (IOException lost) {
                throw new UncheckedIOException(
                    "the load that measures this run is lost: " + lost.getMessage(), lost);
              }
            });
  }

  private Optional<Marks> marks(InjectionSpec spec) {
    try {
      Optional<SystemDefinition> system = systems.find(spec.host());
      return system.map(found -> Marks.of(found, spec.runId()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
