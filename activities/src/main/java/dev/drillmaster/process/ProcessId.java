package dev.drillmaster.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One process, for ever: a pid alone is given to another process as soon as its owner is gone, so
 * the start time belongs to the identity.
 *
 * @param pid the process id
 * @param startTicks start time in clock ticks since boot, field 22 of {@code /proc/PID/stat}
 *     (proc(5))
 */
public record ProcessId(long pid, long startTicks) {

  /**
   * The process that has this pid now, or empty if there is none. A zombie counts as none: it runs
   * no code.
   */
  public static Optional<ProcessId> of(long pid) {
    return ProcStat.read(pid)
        .filter(ProcStat::running)
        .map(stat -> new ProcessId(pid, stat.startTicks()));
  }

  /** This Java process. */
  public static ProcessId self() {
    return of(ProcessHandle.current().pid()).orElseThrow();
  }

  /**
   * Whether this very process still runs. Frozen processes do; zombies and a later owner of the pid
   * do not.
   */
  public boolean isRunning() {
    return of(pid).equals(Optional.of(this));
  }

  /**
   * Whether this very process exists and is stopped by a signal, or will be before it runs any code
   * of its own: one that forks by vfork(2) waits in the kernel for its child, for ever if that is
   * stopped before it has executed another program, and does not take the signal until then.
   */
  public boolean isFrozen() {
    return ProcStat.read(pid)
        .filter(stat -> stat.startTicks() == startTicks)
        .filter(stat -> stat.stopped() || (stat.inKernel() && PendingSignals.of(pid).stop()))
        .isPresent();
  }

  /** {@code pid:startTicks}, as written into lock files and journals. */
  @Override
  public String toString() {
    return pid + ":" + startTicks;
  }

  /** The reverse of {@link #toString}. */
  public static ProcessId parse(String text) {
    int colon = text.indexOf(':');
    return new ProcessId(
        Long.parseLong(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
  }

  /** The two fields of {@code /proc/PID/stat} that we need. */
  private record ProcStat(char state, long startTicks) {

    /** 52 numbers of at most 20 digits, and a name of at most 64 bytes. */
    private static final int LONGEST = 2048;

    /** From the state (field 3) to the start time (field 22). */
    private static final int FIELDS_BETWEEN = 19;

    static Optional<ProcStat> read(long pid) {
      byte[] stat = new byte[LONGEST];
      int length;
      // Not Files.readString, which costs twice as much: healing fifty processes looks 200 times.
      try (FileInputStream file = new FileInputStream("/proc/" + pid + "/stat")) {
        length = file.readNBytes(stat, 0, stat.length);
      } catch (IOException gone) {
        return Optional.empty();
      }
      return length == 0
          ? Optional.empty()
          : Optional.of(parse(new String(stat, 0, length, StandardCharsets.ISO_8859_1)));
    }

    private static ProcStat parse(String stat) {
      // The command name may hold spaces and parentheses, so fields are counted from its last
      // parenthesis.
      int state = stat.lastIndexOf(')') + 2;
      int startTicks = state;
      for (int field = 0; field < FIELDS_BETWEEN; field++) {
        startTicks = stat.indexOf(' ', startTicks) + 1;
      }
      int end = stat.indexOf(' ', startTicks);
      return new ProcStat(stat.charAt(state), Long.parseLong(stat.substring(startTicks, end)));
    }

    boolean running() {
      return state != 'Z' && state != 'X';
    }

    boolean stopped() {
      return state == 'T';
    }

    boolean inKernel() {
      return state == 'D';
    }
  }
}
