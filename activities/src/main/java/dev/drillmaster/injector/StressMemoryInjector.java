package dev.drillmaster.injector;

import dev.drillmaster.fault.StressMemory;
import dev.drillmaster.process.ProcessUse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Holds memory, and does nothing else once it has it. */
final class StressMemoryInjector extends StressInjector<StressMemory> {

  /** In percent; the kernel counts what a process holds in batches. */
  private static final int SEEN = 95;

  @Override
  public Class<StressMemory> faultClass() {
    return StressMemory.class;
  }

  @Override
  int workers(StressMemory fault) {
    return fault.workers();
  }

  @Override
  String requireRoom(StressMemory fault, HostLimits limits) throws IOException {
    return limits.requireMemory(fault.megabytes()) + " MB of memory are available";
  }

  /** The size is that of all workers, whatever the manual says. */
  @Override
  List<String> options(StressMemory fault) {
    return List.of(
        "--vm",
        "" + fault.workers(),
        "--vm-bytes",
        fault.megabytes() + "m",
        "--vm-keep",
        // Written to once, then held: for ever is 0.
        "--vm-method",
        "write64",
        "--vm-hang",
        "0",
        // Else some advice by chance, of which one lets the kernel take the pages back.
        "--vm-madvise",
        "normal");
  }

  @Override
  Optional<String> missing(StressMemory fault, List<ProcessUse> workers) {
    long held = workers.stream().mapToLong(ProcessUse::memoryBytes).sum();
    return held >= HostLimits.bytes(fault.megabytes()) / 100 * SEEN
        ? Optional.empty()
        : Optional.of(
            "its workers hold %d of %d MB"
                .formatted(HostLimits.megabytesUp(held), fault.megabytes()));
  }
}
