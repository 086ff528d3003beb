package dev.drillmaster.injector;

import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.Injected;
import dev.drillmaster.injection.InjectionSpec;

/**
 * Is told what happens to injections in this process, such as to stamp marks on a measurement. What
 * other processes of this host do (the watchdog) is not told.
 */
public interface InjectionListener {

  /** Just before the target is changed. An exception prevents the injection. */
  default void beforeInject(InjectionSpec spec) {}

  /** The effect was observed. An exception heals the fault and fails the injection. */
  default void afterInject(InjectionSpec spec, Injected injected) {}

  /** The absence of the effect was observed, for the first time. An exception is only logged. */
  default void afterHeal(InjectionSpec spec, HealReport report) {}
}
