package dev.drillmaster.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

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
   * on every machine.
   *
   * @throws IOException if no shell can be started
   */
  public void send(Collection<ProcessId> processes) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "for p; do kill -" + name() + " \"$p\"; done", "sh"));
    processes.stream()
        .filter(ProcessId::isRunning)
        .forEach(process -> command.add(Long.toString(process.pid())));
    if (command.size() == 4) {
      return;
    }
    Process shell =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      shell.waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while sending SIG" + name(), interrupted);
    }
  }
}
