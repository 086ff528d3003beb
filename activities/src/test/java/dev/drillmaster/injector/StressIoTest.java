package dev.drillmaster.injector;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.StressIo;
import dev.drillmaster.target.HostTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
final class StressIoTest extends StressContract {

  @Override
  Fault fault() {
    return new StressIo(4, 1);
  }

  @Override
  long used(List<ProcessHandle> stressors) {
    return stressors.stream().mapToLong(each -> written(each.pid())).sum();
  }

  private static long written(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", "" + pid, "io")).stream()
          .filter(line -> line.startsWith("write_bytes"))
          .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
          .sum();
    } catch (IOException gone) {
      return 0;
    }
  }

  @Override
  long expected() {
    return 1 << 20;
  }

  @Test
  void moreThanTheHostAllowsOrHasIsRefused() throws IOException {
    assertRefused(new StressIo(65, 1), "allows 64 MB of disk, not 65");
    lab.define(new HostTarget.Definition(lab.room, 1, 0, 0, 64, 1 << 30));
    assertRefused(fault(), "space on the disk left, and its definition says leaveDiskMegabytes");
  }

  @Test
  void aDirectoryInMemoryIsRefused() throws IOException {
    lab.define(new HostTarget.Definition(Path.of("/dev/shm"), 1, 0, 0, 64, 1));
    assertRefused(fault(), "is a tmpfs");
  }
}
