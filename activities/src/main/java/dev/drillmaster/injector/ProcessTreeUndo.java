package dev.drillmaster.injector;

import dev.drillmaster.process.ProcessId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which processes the fault was, or was about to be, done to.
 *
 * @param processes each by pid and start time
 * @param complete whether none had been left out when the injector looked last; a process that is
 *     not named here and runs was then started by somebody else
 */
record ProcessTreeUndo(List<ProcessId> processes, boolean complete) {

  ProcessTreeUndo {
    processes = List.copyOf(processes);
  }

  /** With these added; the same object if all are named already. */
  ProcessTreeUndo with(Collection<ProcessId> found) {
    Set<ProcessId> all = new LinkedHashSet<>(processes);
    return all.addAll(found) ? new ProcessTreeUndo(List.copyOf(all), complete) : this;
  }

  ProcessTreeUndo completed() {
    return new ProcessTreeUndo(processes, true);
  }

  List<ProcessId> running() {
    return processes.stream().filter(ProcessId::isRunning).toList();
  }

  List<ProcessId> frozen() {
    return processes.stream().filter(ProcessId::isFrozen).toList();
  }
}
