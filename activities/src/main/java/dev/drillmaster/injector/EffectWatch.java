package dev.drillmaster.injector;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import java.io.IOException;
import java.util.Optional;

/** Looks whether a fault that {@linkplain MayEndByItself may end by itself} is still in force. */
final class EffectWatch {

  private final Host host;
  private final InjectionSpec spec;
  private final Injector<Fault, Object> injector;

  EffectWatch(Host host, InjectionSpec spec) {
    this.host = host;
    this.spec = spec;
    this.injector = host.injectors().of(spec.fault());
  }

  /** What is seen instead of the effect; empty if it is seen, or the mechanism needs no look. */
  Optional<String> missing() throws InterruptedException {
    if (!(injector instanceof MayEndByItself)) {
      return Optional.empty();
    }
    try {
      Object undo = host.journal().undo(spec.id(), injector.undoClass()).orElseThrow();
      Inspection seen = injector.inspect(spec.fault(), host.targetToHeal(spec), undo);
      return seen.state() == Inspection.State.PRESENT
          ? Optional.empty()
          : Optional.of("the effect is not seen any more: " + seen.detail());
    } catch (IOException | RuntimeException blind) {
      return Optional.of("nobody can see the effect any more: " + blind.getMessage());
    }
  }
}
