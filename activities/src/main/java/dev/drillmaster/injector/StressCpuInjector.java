package dev.drillmaster.injector;

import dev.drillmaster.fault.StressCpu;
import dev.drillmaster.process.ProcessUse;
import java.util.List;
import java.util.Optional;

/** Computes. */
final class StressCpuInjector extends StressInjector<StressCpu> {

  @Override
  public Class<StressCpu> faultClass() {
    return StressCpu.class;
  }

  @Override
  int workers(StressCpu fault) {
    return fault.workers();
  }

  @Override
  String requireRoom(StressCpu fault, HostLimits limits) {
    return Runtime.getRuntime().availableProcessors() + " processors";
  }

  @Override
  List<String> options(StressCpu fault) {
    return List.of("--cpu", "" + fault.workers(), "--cpu-load", "" + fault.load());
  }

  @Override
  Optional<String> missing(StressCpu fault, List<ProcessUse> workers) {
    return workers.stream().allMatch(worker -> worker.cpuTicks() > 0)
        ? Optional.empty()
        : Optional.of("not all of its workers have been on a processor");
  }
}
