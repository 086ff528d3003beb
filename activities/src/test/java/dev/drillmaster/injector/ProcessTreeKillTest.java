package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.process.ProcessId;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProcessTreeKillTest extends InjectorContract {

  @Override
  Fault fault() {
    return new ProcessTreeFailure(ProcessTreeFailure.Mode.KILL);
  }

  @Override
  boolean effectSeen() {
    return lab.tree().members().isEmpty();
  }

  @Test
  void anInjectThatWasCutInTheMiddleIsHealedWithItsOrphans() throws Exception {
    InjectionSpec spec = ServiceLab.spec(fault());
    long root = Long.parseLong(Files.readAllLines(lab.service.resolve("starts.txt")).get(0));
    ProcessId parent = ProcessId.of(root).orElseThrow();
    List<ProcessId> orphans =
        lab.tree().members().stream().filter(each -> !each.equals(parent)).toList();
    lab.journal.intend(spec);
    lab.journal.writeUndo(spec.id(), new ProcessTreeUndo(List.of(parent), false));
    lab.journal.begin(spec.id());
    ProcessKiller.killAll(() -> parent.isRunning() ? List.of(parent) : List.of());

    assertThat(lab.injections().heal(spec, "reaper").verified()).isTrue();
    assertThat(orphans).isNotEmpty().noneMatch(ProcessId::isRunning);
    assertThat(lab.serves()).isTrue();
    assertThat(lab.starts()).isEqualTo(2);
  }
}
