package dev.drillmaster.injector;

import dev.drillmaster.fault.StressIo;
import dev.drillmaster.process.ProcessUse;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes to a disk and reads from it. */
final class StressIoInjector extends StressInjector<StressIo> {

  private static final Set<String> NO_DISK = Set.of("tmpfs", "ramfs");

  @Override
  public Class<StressIo> faultClass() {
    return StressIo.class;
  }

  @Override
  int workers(StressIo fault) {
    return fault.workers();
  }

  @Override
  String requireRoom(StressIo fault, HostLimits limits) throws IOException {
    String type = Files.getFileStore(limits.allowed().directory()).type();
    if (NO_DISK.contains(type)) {
      throw new RefusedException(
          "directory %s of target %s is a %s, where nothing goes to a disk: name another"
              .formatted(limits.allowed().directory(), limits.target(), type));
    }
    return limits.requireDisk(HostLimits.bytes(fault.megabytes())) + " MB of disk are usable";
  }

  /** The size is that of all workers, whatever the manual says. */
  @Override
  List<String> options(StressIo fault) {
    return List.of(
        "--hdd",
        "" + fault.workers(),
        "--hdd-bytes",
        fault.megabytes() + "m",
        // Else most of it would stay in the memory of the kernel, and the disk would be at rest.
        "--hdd-opts",
        "wr-seq,rd-seq,fdatasync,fadv-dontneed");
  }

  @Override
  Optional<String> missing(StressIo fault, List<ProcessUse> workers) {
    return workers.stream().allMatch(worker -> worker.writtenBytes() > 0)
        ? Optional.empty()
        : Optional.of("not all of its workers have written to the disk");
  }
}
