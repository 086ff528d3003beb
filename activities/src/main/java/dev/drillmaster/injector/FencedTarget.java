package dev.drillmaster.injector;

import dev.drillmaster.injection.Inspection;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.target.ServiceTarget;
import dev.drillmaster.target.Writable;
import java.io.IOException;
import java.util.List;

/**
 * What healing means for a fenced target: it is left running if it is observed not writable, such
 * as a standby; otherwise its processes are killed and it stays down. It is never continued (a
 * frozen primary would go on accepting writes in the instant of SIGCONT) and never started.
 */
final class FencedTarget {

  private FencedTarget() {}

  static void settle(ServiceTarget target) throws IOException, InterruptedException {
    if (inspect(target).state() != Inspection.State.ABSENT) {
      ProcessKiller.killAll(target.tree()::members);
    }
  }

  static Inspection inspect(ServiceTarget target) throws InterruptedException {
    List<ProcessId> members = target.tree().members();
    if (members.isEmpty()) {
      return new Inspection(Inspection.State.ABSENT, "fenced, not writable: no process runs");
    }
    if (members.stream().anyMatch(ProcessId::isFrozen)) {
      return new Inspection(Inspection.State.PRESENT, "fenced, with frozen processes");
    }
    Writable writable = target.writable();
    return switch (writable) {
      case NO -> new Inspection(Inspection.State.ABSENT, "fenced, not writable: it says so");
      case YES -> new Inspection(Inspection.State.PRESENT, "fenced, but it accepts writes");
      case UNKNOWN ->
          new Inspection(
              Inspection.State.UNKNOWN, "fenced; nobody knows whether it accepts writes");
    };
  }
}
