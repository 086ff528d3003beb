package dev.drillmaster.injector;

import dev.drillmaster.process.BoundedCommand;
import dev.drillmaster.process.ProcFile;
import dev.drillmaster.target.HostTarget;
import dev.drillmaster.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a host lets be used up, as its definition says, and what there is of it. Every refusal says
 * what would have to be otherwise.
 *
 * @param target the target's name
 * @param allowed its definition
 */
record HostLimits(String target, HostTarget.Definition allowed) {

  private static final int MEGABYTE_BITS = 20;

  /** Those of a target, whose directory is there and can be written to. */
  static HostLimits require(Target target) {
    if (!(target instanceof HostTarget host)) {
      throw new RefusedException(
          "target " + target.name() + " is no host but " + target.description());
    }
    Path directory = host.definition().directory();
    if (!Files.isDirectory(directory)) {
      throw new RefusedException(
          "target " + target.name() + " needs its directory " + directory + ": make it");
    }
    if (!Files.isWritable(directory)) {
      throw new RefusedException(
          "this program may not write to directory %s of target %s: give it to the account %s"
              .formatted(directory, target.name(), System.getProperty("user.name")));
    }
    return new HostLimits(target.name(), host.definition());
  }

  void requireProgram(String program, String debianPackage) {
    if (BoundedCommand.find(program).isEmpty()) {
      throw new RefusedException(
          "%s is not on the PATH of this program: apt-get install %s"
              .formatted(program, debianPackage));
    }
  }

  void requireWorkers(int workers) {
    requireAllowed(workers, allowed.maxWorkers(), "processes", "maxWorkers");
  }

  /** Returns how much there is, in megabytes. */
  long requireMemory(int megabytes) throws IOException {
    requireAllowed(megabytes, allowed.maxMemoryMegabytes(), "MB of memory", "maxMemoryMegabytes");
    long available = availableMemory() >> MEGABYTE_BITS;
    requireLeft(
        available - megabytes, allowed.leaveMemoryMegabytes(), "memory", "leaveMemoryMegabytes");
    return available;
  }

  /** Returns how much there is, in megabytes. */
  long requireDisk(long bytes) throws IOException {
    long megabytes = megabytesUp(bytes);
    requireAllowed(megabytes, allowed.maxDiskMegabytes(), "MB of disk", "maxDiskMegabytes");
    long usable = usableDisk();
    requireLeft(
        (usable - bytes) >> MEGABYTE_BITS,
        allowed.leaveDiskMegabytes(),
        "space on the disk",
        "leaveDiskMegabytes");
    return usable >> MEGABYTE_BITS;
  }

  private void requireAllowed(long asked, int most, String what, String field) {
    if (asked > most) {
      throw new RefusedException(
          "target %s allows %d %s, not %d: \"%s: %d\" in its definition would allow it"
              .formatted(target, most, what, asked, field, asked));
    }
  }

  private void requireLeft(long left, int least, String what, String field) {
    if (left < least) {
      throw new RefusedException(
          "target %s would have %d MB of %s left, and its definition says %s: %d; ask for less"
              .formatted(target, Math.max(0, left), what, field, least));
    }
  }

  /** How many bytes may be taken until no more than what must be left is there; maybe negative. */
  long diskRoom() throws IOException {
    return usableDisk() - bytes(allowed.leaveDiskMegabytes());
  }

  long mostDisk() {
    return bytes(allowed.maxDiskMegabytes());
  }

  private long usableDisk() throws IOException {
    return Files.getFileStore(allowed.directory()).getUsableSpace();
  }

  static long megabytesUp(long bytes) {
    return (bytes + (1 << MEGABYTE_BITS) - 1) >> MEGABYTE_BITS;
  }

  static long bytes(int megabytes) {
    return (long) megabytes << MEGABYTE_BITS;
  }

  private static long availableMemory() throws IOException {
    return ProcFile.number(Path.of("/proc/meminfo"), "MemAvailable:") << 10;
  }
}
