package dev.drillmaster.injector;

import dev.drillmaster.injection.Inspection;
import dev.drillmaster.injector.Injector.UndoLog;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.Signal;
import dev.drillmaster.target.ServiceTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Freezes every process of a service; healed by continuing those that it froze. */
final class TreeFreeze {

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration EVERY = Duration.ofMillis(5);
  private static final int STABLE_LOOKS = 3;

  private TreeFreeze() {}

  static void inject(ServiceTarget target, ProcessTreeUndo captured, UndoLog<ProcessTreeUndo> log)
      throws IOException, InterruptedException {
    // What will continue them must be there before they are frozen.
    Signal.CONT.send(List.of(ProcessId.self()));
    // The parents first: a frozen parent cannot fork while the others are being frozen.
    Signal.STOP.send(roots(captured.processes()));
    ProcessTreeUndo[] undo = {captured};
    int[] frozenLooks = {0};
    boolean frozen =
        Poll.until(
            LIMIT,
            EVERY,
            () -> {
              List<ProcessId> members = target.tree().members();
              ProcessTreeUndo more = undo[0].with(members);
              if (!more.equals(undo[0])) {
                log.write(more);
                undo[0] = more;
              }
              List<ProcessId> moving = members.stream().filter(each -> !each.isFrozen()).toList();
              Signal.STOP.send(moving);
              frozenLooks[0] = moving.isEmpty() ? frozenLooks[0] + 1 : 0;
              return frozenLooks[0] >= STABLE_LOOKS;
            });
    if (!frozen || undo[0].frozen().isEmpty()) {
      throw new IOException(
          "not every process of target " + target.name() + " froze within " + LIMIT);
    }
    log.write(undo[0].completed());
  }

  static Inspection inspect(ProcessTreeUndo undo) {
    int frozen = undo.frozen().size();
    int running = undo.running().size();
    return new Inspection(
        frozen > 0 ? Inspection.State.PRESENT : Inspection.State.ABSENT,
        frozen + " of its " + running + " processes are frozen");
  }

  /** Continues only what the undo record names: somebody else may have stopped others. */
  static void heal(ProcessTreeUndo undo) throws IOException, InterruptedException {
    boolean moving =
        Poll.until(
            LIMIT,
            EVERY,
            () -> {
              Signal.CONT.send(undo.frozen());
              return undo.frozen().isEmpty();
            });
    if (!moving) {
      throw new IOException("processes stay frozen after SIGCONT: " + undo.frozen());
    }
  }

  private static List<ProcessId> roots(Collection<ProcessId> processes) {
    Set<Long> pids = processes.stream().map(ProcessId::pid).collect(Collectors.toSet());
    return processes.stream().filter(each -> !pids.contains(parentOf(each))).toList();
  }

  private static long parentOf(ProcessId process) {
    return ProcessHandle.of(process.pid())
        .flatMap(ProcessHandle::parent)
        .map(ProcessHandle::pid)
        .orElse(0L);
  }
}
