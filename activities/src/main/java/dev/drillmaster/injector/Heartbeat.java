package dev.drillmaster.injector;

/** Asks whoever wants the injection whether that is still so. */
@FunctionalInterface
public interface Heartbeat {

  /** Returns only if the answer was yes; throws if it was no, or if there was none. */
  void beat();
}
