package dev.drillmaster.injector;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import dev.drillmaster.injection.Prepared;
import dev.drillmaster.process.DetachedProcess;
import dev.drillmaster.process.LogFile;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.ProcessUse;
import dev.drillmaster.target.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A fault that a stress-ng of its own is, in a session of its own, so that whatever becomes of us
 * it does not depend on us. It cannot be renewed, so that a watchdog ends it; its own timeout is
 * the injection's latest end.
 */
abstract class StressInjector<F extends Fault> implements Injector<F, StressUndo>, MayEndByItself {

  private static final String PROGRAM = "stress-ng";
  private static final String LOG = "stress-ng.log";

  /** Of a busy machine, and for memory that must be written to first. */
  private static final Duration EFFECT = Duration.ofSeconds(10);

  /** Refuses what the host does not let be used up; says what there is of it. */
  abstract String requireRoom(F fault, HostLimits limits) throws IOException;

  /** How stress-ng is asked for it. */
  abstract List<String> options(F fault);

  abstract int workers(F fault);

  /** What these processes, as many as there are to be, have not done yet; empty if all. */
  abstract Optional<String> missing(F fault, List<ProcessUse> workers);

  @Override
  public Class<StressUndo> undoClass() {
    return StressUndo.class;
  }

  @Override
  public Prepared prepare(F fault, Target target) throws IOException {
    HostLimits limits = HostLimits.require(target);
    limits.requireProgram(PROGRAM, PROGRAM);
    limits.requireWorkers(workers(fault));
    return new Prepared(requireRoom(fault, limits));
  }

  @Override
  public StressUndo capture(F fault, Target target, InjectionSpec spec) {
    Path parent = HostLimits.require(target).allowed().directory();
    return new StressUndo(OwnDirectory.of(parent, spec.id()).path(), spec.longest());
  }

  @Override
  public void inject(F fault, Target target, StressUndo undo, UndoLog<StressUndo> log)
      throws IOException, InterruptedException {
    OwnDirectory own = new OwnDirectory(undo.directory());
    own.make();
    LogFile said = new LogFile(own.path().resolve(LOG));
    Process started =
        DetachedProcess.start(command(fault, undo), Map.of(), own.path(), said.file());
    started.getOutputStream().close();
    Inspection[] seen = new Inspection[1];
    Poll.until(
        EFFECT,
        () -> {
          seen[0] = inspect(fault, target, undo);
          return seen[0].state() == Inspection.State.PRESENT || !started.isAlive();
        });
    if (seen[0].state() != Inspection.State.PRESENT) {
      throw new IOException(
          "%s has no effect: %s; it says: %s"
              .formatted(PROGRAM, seen[0].detail(), String.join(" / ", said.tail(3))));
    }
  }

  private List<String> command(F fault, StressUndo undo) {
    List<String> command = new ArrayList<>(List.of(PROGRAM));
    command.addAll(options(fault));
    command.addAll(
        List.of(
            "--temp-path",
            undo.directory().toString(),
            // Else it ends before the latest end does, by a fraction of a second.
            "--timeout",
            undo.longest().plusSeconds(1).toSeconds() + "s",
            // What the kernel kills for want of memory are these, before any service, and stress-ng
            // does not start them anew.
            "--oomable"));
    return command;
  }

  @Override
  public Inspection inspect(F fault, Target target, StressUndo undo) {
    List<ProcessId> all = new OwnDirectory(undo.directory()).processes();
    if (all.isEmpty()) {
      return new Inspection(Inspection.State.ABSENT, "no process of it runs");
    }
    List<ProcessUse> workers = workers(all);
    Optional<String> missing = missing(fault, all, workers);
    return missing.isPresent()
        ? new Inspection(Inspection.State.UNKNOWN, missing.get())
        : new Inspection(Inspection.State.PRESENT, describe(workers));
  }

  private Optional<String> missing(F fault, List<ProcessId> all, List<ProcessUse> workers) {
    long frozen = all.stream().filter(ProcessId::isFrozen).count();
    if (frozen > 0) {
      return Optional.of("%d of its %d processes are frozen".formatted(frozen, all.size()));
    }
    if (workers.size() < workers(fault)) {
      return Optional.of("%d of its %d workers run".formatted(workers.size(), workers(fault)));
    }
    return missing(fault, workers);
  }

  /** Children without children: their parents only wait for them. */
  private static List<ProcessUse> workers(List<ProcessId> all) {
    List<ProcessUse> uses = all.stream().flatMap(each -> ProcessUse.of(each).stream()).toList();
    Set<Long> pids = all.stream().map(ProcessId::pid).collect(Collectors.toSet());
    Set<Long> parents = uses.stream().map(ProcessUse::parent).collect(Collectors.toSet());
    return uses.stream()
        .filter(use -> pids.contains(use.parent()) && !parents.contains(use.process().pid()))
        .toList();
  }

  private static String describe(List<ProcessUse> workers) {
    return "%d workers have computed for %d ms, hold %d MB and have written %d MB"
        .formatted(
            workers.size(),
            workers.stream().mapToLong(ProcessUse::cpuTicks).sum() * 10,
            HostLimits.megabytesUp(workers.stream().mapToLong(ProcessUse::memoryBytes).sum()),
            HostLimits.megabytesUp(workers.stream().mapToLong(ProcessUse::writtenBytes).sum()));
  }

  @Override
  public void heal(F fault, Target target, StressUndo undo, UndoLog<StressUndo> log)
      throws IOException, InterruptedException {
    new OwnDirectory(undo.directory()).clear();
  }

  /** A fence is on a node of a system; what else its host does makes no primary of it. */
  @Override
  public void healFenced(F fault, Target target, StressUndo undo)
      throws IOException, InterruptedException {
    heal(fault, target, undo, changed -> {});
  }
}
