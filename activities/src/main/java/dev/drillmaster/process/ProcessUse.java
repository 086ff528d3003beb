package dev.drillmaster.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a process has used of its host so far, as the kernel counts it in proc(5).
 *
 * @param process which one
 * @param parent the pid of its parent
 * @param cpuTicks time on a processor, in clock ticks, of which there are 100 in a second
 * @param memoryBytes what it holds of memory now, including what is swapped out
 * @param writtenBytes what it has sent to disks
 */
public record ProcessUse(
    ProcessId process, long parent, long cpuTicks, long memoryBytes, long writtenBytes) {

  /** Positions in {@code stat}, counted from the state, which follows the name. */
  private static final int PARENT = 1;

  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;

  /** Empty if it does not run any more, or we may not look at it. */
  public static Optional<ProcessUse> of(ProcessId process) {
    Path folder = Path.of("/proc", Long.toString(process.pid()));
    try {
      String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
      List<String> fields =
          List.of(stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1));
      Path status = folder.resolve("status");
      ProcessUse use =
          new ProcessUse(
              process,
              Long.parseLong(fields.get(PARENT)),
              Long.parseLong(fields.get(USER_TICKS)) + Long.parseLong(fields.get(SYSTEM_TICKS)),
              (ProcFile.number(status, "VmRSS:") + ProcFile.number(status, "VmSwap:")) << 10,
              ProcFile.number(folder.resolve("io"), "write_bytes:"));
      // Else all of this may be of another process, which has its pid now.
      return process.isRunning() ? Optional.of(use) : Optional.empty();
    } catch (IOException goneOrForbidden) {
      return Optional.empty();
    }
  }
}
