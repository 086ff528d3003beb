package dev.drillmaster.process;

import java.io.IOException;
import java.util.Collection;

/** A POSIX signal that we send. */
public enum Signal {
  KILL,
  STOP,
  CONT,
  TERM,
  INT,
  QUIT;

  /**
   * Sends this signal to those of the processes that still run under the same start time. A process
   * that ends in between is no error. The shell's own kill is used, because the kill program is not
   * on every machine. Any number of threads may send at once, and an interrupt is left to the
   * caller.
   *
   * @throws IOException if no shell can be started, or it does not end within 10 s
   */
  public void send(Collection<ProcessId> processes) throws IOException {
    if (!processes.isEmpty()) {
      SharedShell.of(this).send(processes);
    }
  }
}
