package dev.drillmaster.injector;

import dev.drillmaster.injection.Inspection;
import dev.drillmaster.injector.Injector.UndoLog;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.ProcessTree;
import dev.drillmaster.target.ServiceTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Kills every process of a service; healed by starting it again. */
final class TreeKill {

  private static final Duration SHORT_LOOK = Duration.ofSeconds(1);
  private static final Duration NO_PAUSE = Duration.ZERO;

  private TreeKill() {}

  static void inject(ServiceTarget target, ProcessTreeUndo captured, UndoLog<ProcessTreeUndo> log)
      throws IOException, InterruptedException {
    ProcessTreeUndo[] undo = {captured};
    ProcessTree tree = target.tree();
    ProcessKiller.killAll(
        () -> {
          List<ProcessId> members = tree.members();
          ProcessTreeUndo more = undo[0].with(members);
          if (!more.equals(undo[0])) {
            log.write(more);
            undo[0] = more;
          }
          return members;
        });
    log.write(undo[0].completed());
  }

  static Inspection inspect(ServiceTarget target) throws IOException, InterruptedException {
    int members = target.tree().members().size();
    if (members == 0) {
      return new Inspection(Inspection.State.PRESENT, "no process of it runs");
    }
    return target.awaitServing(SHORT_LOOK)
        ? new Inspection(Inspection.State.ABSENT, "it serves with " + members + " processes")
        : new Inspection(
            Inspection.State.PRESENT, members + " processes run, but it does not serve");
  }

  /** Starts the service when every killed process is really gone, and waits until it serves. */
  static void heal(
      ServiceTarget target, ProcessTreeUndo undo, Duration limit, UndoLog<ProcessTreeUndo> log)
      throws IOException, InterruptedException {
    if (!undo.complete() && !target.awaitServing(Duration.ZERO)) {
      // Cut off in the middle: orphans that no look has seen yet may keep the service from
      // starting.
      ProcessKiller.killAll(target.tree()::members);
      // From here on whatever runs was started to heal: a later attempt that killed all again would
      // never end with a database whose crash recovery takes longer than an attempt.
      log.writeIfPossible(undo.completed(), "all was killed; a later heal may kill again");
    }
    if (undo.complete()) {
      ProcessKiller.killAll(undo::running);
    }
    boolean serves =
        Poll.until(
            limit,
            NO_PAUSE,
            () -> {
              if (target.tree().members().isEmpty()) {
                target.start();
              }
              return target.awaitServing(SHORT_LOOK);
            });
    if (!serves) {
      throw new IOException(
          "target "
              + target.name()
              + " was started, but does not serve after "
              + limit.toSeconds()
              + " s: look at its own log");
    }
  }
}
