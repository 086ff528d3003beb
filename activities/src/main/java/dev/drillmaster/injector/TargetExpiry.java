package dev.drillmaster.injector;

import dev.drillmaster.injection.InjectionSpec;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Arms what ends a fault when everything of ours is dead. */
@FunctionalInterface
public interface TargetExpiry {

  /**
   * Returns when it is armed; the lease begins then.
   *
   * @param cancelled looked at while waiting; if it turns true, arming fails at once
   * @throws IOException if it is not armed within its bound; nothing of it is left then
   */
  Lease arm(InjectionSpec spec, BooleanSupplier cancelled) throws IOException, InterruptedException;
}
