package dev.drillmaster.injector;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.journal.HostJournal;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.Signal;
import dev.drillmaster.target.ServiceTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Goes through all that healing does, without touching the target: looks at it, and heals an
 * injection that never began, in a journal of its own. Afterwards the code for it is loaded.
 */
final class Rehearsal {

  private Rehearsal() {}

  static void run(Host host, InjectionSpec spec) throws IOException, InterruptedException {
    ServiceTarget target = ServiceTarget.require(host.targetToInject(spec));
    Injector<Fault, Object> injector = host.injectors().of(spec.fault());
    Object undo =
        host.journal()
            .undo(spec.id(), injector.undoClass())
            .orElseThrow(() -> new IOException("no undo record for injection " + spec.id()));
    injector.inspect(spec.fault(), target, undo);
    target.awaitServing(Duration.ZERO);
    FencedTarget.inspect(target);
    Signal.CONT.send(List.of(ProcessId.self()));
    Path scratch =
        Files.createTempDirectory(host.journal().watchdogLog(spec.id()).getParent(), "rehearsal");
    try {
      healNothing(host, spec, undo, scratch);
    } finally {
      try (Stream<Path> files = Files.walk(scratch)) {
        for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private static void healNothing(Host host, InjectionSpec spec, Object undo, Path scratch)
      throws IOException {
    HostJournal journal = new HostJournal(scratch);
    journal.intend(spec);
    journal.writeUndo(spec.id(), undo);
    Host rehearsing =
        new Host(
            journal, host.targets(), host.injectors(), host.expiry(), host.policy(), List.of());
    new HostInjections(rehearsing).heal(spec, "rehearsal");
  }
}
