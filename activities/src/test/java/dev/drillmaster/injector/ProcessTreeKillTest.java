package dev.drillmaster.injector;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.ProcessTreeFailure;

final class ProcessTreeKillTest extends InjectorContract {

  @Override
  Fault fault() {
    return new ProcessTreeFailure(ProcessTreeFailure.Mode.KILL);
  }

  @Override
  boolean effectSeen() {
    return lab.tree().members().isEmpty();
  }
}
