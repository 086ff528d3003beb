package dev.drillmaster.injector;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.ProcessTreeFailure;

final class ProcessTreeFreezeTest extends InjectorContract {

  @Override
  Fault fault() {
    return new ProcessTreeFailure(ProcessTreeFailure.Mode.FREEZE);
  }

  @Override
  boolean effectSeen() {
    return lab.allFrozen();
  }
}
