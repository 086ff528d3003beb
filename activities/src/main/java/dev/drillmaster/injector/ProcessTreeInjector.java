package dev.drillmaster.injector;

import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import dev.drillmaster.injection.Prepared;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.target.ServiceTarget;
import dev.drillmaster.target.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Kills or freezes every process of a service. */
final class ProcessTreeInjector implements Injector<ProcessTreeFailure, ProcessTreeUndo> {

  private static final Duration SERVING = Duration.ofSeconds(2);

  @Override
  public Class<ProcessTreeFailure> faultClass() {
    return ProcessTreeFailure.class;
  }

  @Override
  public Class<ProcessTreeUndo> undoClass() {
    return ProcessTreeUndo.class;
  }

  @Override
  public Prepared prepare(ProcessTreeFailure fault, Target acted)
      throws IOException, InterruptedException {
    if (!(acted instanceof ServiceTarget target)) {
      throw new RefusedException(
          "target " + acted.name() + " has no processes: it is " + acted.description());
    }
    List<ProcessId> members = target.tree().members();
    if (members.isEmpty()) {
      throw new RefusedException("target " + target.name() + " does not run: start it first");
    }
    if (members.contains(ProcessId.self())) {
      throw new RefusedException(
          "this program works in the directory of target "
              + target.name()
              + " and would be hit itself: start it from another directory");
    }
    if (members.stream().anyMatch(ProcessId::isFrozen)) {
      throw new RefusedException(
          "processes of target "
              + target.name()
              + " are frozen already: find out who stopped them, then continue them");
    }
    if (!target.awaitServing(SERVING)) {
      throw new RefusedException("target " + target.name() + " runs but does not serve");
    }
    return new Prepared(target.description() + " serves with " + members.size() + " processes");
  }

  @Override
  public ProcessTreeUndo capture(ProcessTreeFailure fault, Target target, InjectionSpec spec) {
    return new ProcessTreeUndo(ServiceTarget.require(target).tree().members(), false);
  }

  @Override
  public void inject(
      ProcessTreeFailure fault, Target acted, ProcessTreeUndo undo, UndoLog<ProcessTreeUndo> log)
      throws IOException, InterruptedException {
    ServiceTarget target = ServiceTarget.require(acted);
    switch (fault.mode()) {
      case KILL -> TreeKill.inject(target, undo, log);
      case FREEZE -> TreeFreeze.inject(target, undo, log);
    }
  }

  @Override
  public Inspection inspect(ProcessTreeFailure fault, Target acted, ProcessTreeUndo undo)
      throws IOException, InterruptedException {
    ServiceTarget target = ServiceTarget.require(acted);
    return switch (fault.mode()) {
      case KILL -> TreeKill.inspect(target);
      case FREEZE -> TreeFreeze.inspect(undo);
    };
  }

  @Override
  public void heal(
      ProcessTreeFailure fault, Target acted, ProcessTreeUndo undo, UndoLog<ProcessTreeUndo> log)
      throws IOException, InterruptedException {
    ServiceTarget target = ServiceTarget.require(acted);
    switch (fault.mode()) {
      case KILL -> TreeKill.heal(target, undo, fault.healTime(), log);
      case FREEZE -> TreeFreeze.heal(undo);
    }
  }

  @Override
  public void healFenced(ProcessTreeFailure fault, Target target, ProcessTreeUndo undo)
      throws IOException, InterruptedException {
    ProcessKiller.killAll(undo::frozen);
    FencedTarget.settle(ServiceTarget.require(target));
  }
}
