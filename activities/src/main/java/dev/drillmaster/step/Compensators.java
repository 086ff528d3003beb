package dev.drillmaster.step;

import dev.drillmaster.drill.Compensation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The compensators of this program, one for each kind of compensation. */
final class Compensators {

  private static final List<Compensator<?>> ALL =
      List.of(new Settle(), new StopLoad(), new AsynchronousReplication());

  private final Map<Class<?>, Compensator<?>> byCompensation = new HashMap<>();

  Compensators() {
    ALL.forEach(each -> byCompensation.put(each.compensationClass(), each));
    for (Class<?> kind : Compensation.class.getPermittedSubclasses()) {
      if (!byCompensation.containsKey(kind)) {
        throw new IllegalStateException("no compensator for " + kind);
      }
    }
  }

  @SuppressWarnings("unchecked") // The key is the compensator's own compensation class.
  Compensator<Compensation> of(Compensation compensation) {
    Compensator<?> compensator = byCompensation.get(compensation.getClass());
    if (compensator == null) {
      throw new IllegalStateException("no compensator for " + compensation.getClass());
    }
    return (Compensator<Compensation>) compensator;
  }
}
