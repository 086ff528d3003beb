package dev.drillmaster.injector;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.injection.HealAllReport;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.journal.HostJournal;
import dev.drillmaster.process.FileTree;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.Signal;
import dev.drillmaster.target.CommandDefinition;
import dev.drillmaster.target.ServiceTarget;
import dev.drillmaster.target.Target;
import dev.drillmaster.target.TargetKinds;
import dev.drillmaster.target.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Goes through all that healing does, without touching the target: looks at it, and heals an
 * injection that never began, in a journal of its own. Afterwards the code for it is loaded.
 */
final class Rehearsal {

  /** HotSpot compiles for the first time what was called 200 times. */
  private static final int UNTIL_COMPILED = 300;

  private Rehearsal() {}

  /**
   * Takes a fault away that never was, as often as it needs, so that a host which must take fifty
   * away at once for the first time does so as quickly as for the tenth: interpreted, it takes
   * three times as long (measured).
   */
  static void untilCompiled(Host host) throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory("drillmaster-rehearsal");
    try {
      HostJournal journal = new HostJournal(scratch.resolve("journal"));
      Targets targets = new Targets(scratch, TargetKinds.ALL);
      InjectionSpec never = freezeOfNobody(targets, scratch);
      journal.intend(never);
      journal.writeUndo(never.id(), new ProcessTreeUndo(List.of(ProcessId.self()), true));
      journal.begin(never.id());
      Host apart = host.with(journal, targets);
      Healing healing = new Healing(apart, new Holds());
      for (int time = 0; time < UNTIL_COMPILED; time++) {
        if (journal.open().size() != 1) {
          throw new IOException("the journal of the rehearsal loses what it holds");
        }
        if (healing.relieve(never).isEmpty()) {
          throw new IOException("a fault that was rehearsed is closed before it is healed");
        }
      }
      HealAllReport report = new HostInjections(apart).healAll("rehearsal");
      if (report.verified() != 1) {
        throw new IOException("healing does not work here: " + report.failed());
      }
    } finally {
      FileTree.delete(scratch);
    }
  }

  private static InjectionSpec freezeOfNobody(Targets targets, Path scratch) throws IOException {
    String target = "nobody";
    targets.define(target, new CommandDefinition(List.of("true"), scratch, null, null));
    return new InjectionSpec(
        UUID.randomUUID(),
        UUID.randomUUID(),
        "1",
        new ProcessTreeFailure(ProcessTreeFailure.Mode.FREEZE),
        target,
        "here",
        Duration.ofSeconds(10),
        Duration.ofMinutes(1));
  }

  static void run(Host host, InjectionSpec spec) throws IOException, InterruptedException {
    Target target = host.targetToInject(spec);
    Injector<Fault, Object> injector = host.injectors().of(spec.fault());
    Object undo =
        host.journal()
            .undo(spec.id(), injector.undoClass())
            .orElseThrow(() -> new IOException("no undo record for injection " + spec.id()));
    injector.inspect(spec.fault(), target, undo);
    if (target instanceof ServiceTarget service) {
      service.awaitServing(Duration.ZERO);
      FencedTarget.inspect(service);
    }
    Signal.CONT.send(List.of(ProcessId.self()));
    Path scratch =
        Files.createTempDirectory(host.journal().watchdogLog(spec.id()).getParent(), "rehearsal");
    try {
      healNothing(host, spec, undo, scratch);
    } finally {
      FileTree.delete(scratch);
    }
  }

  private static void healNothing(Host host, InjectionSpec spec, Object undo, Path scratch)
      throws IOException {
    HostJournal journal = new HostJournal(scratch);
    journal.intend(spec);
    journal.writeUndo(spec.id(), undo);
    new HostInjections(host.with(journal, host.targets())).heal(spec, "rehearsal");
  }
}
