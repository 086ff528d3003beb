package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.Signal;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProcessTreeFreezeTest extends ServiceContract {

  @Override
  Fault fault() {
    return new ProcessTreeFailure(ProcessTreeFailure.Mode.FREEZE);
  }

  @Override
  boolean effectSeen() {
    return lab.allFrozen();
  }

  @Test
  void anInjectThatWasCutInTheMiddleIsHealed() throws Exception {
    InjectionSpec spec = ServiceLab.spec(fault());
    List<ProcessId> members = lab.tree().members();
    lab.journal.intend(spec);
    lab.journal.writeUndo(spec.id(), new ProcessTreeUndo(members, false));
    lab.journal.begin(spec.id());
    long root = Long.parseLong(Files.readAllLines(lab.service.resolve("starts.txt")).get(0));
    Signal.STOP.send(List.of(ProcessId.of(root).orElseThrow()));

    assertThat(lab.injections().heal(spec, "reaper").verified()).isTrue();
    assertThat(lab.serves()).isTrue();
  }

  @Test
  void aProcessThatSomebodyElseHasFrozenIsInTheWay() throws Exception {
    ProcessId root =
        ProcessId.of(Long.parseLong(Files.readAllLines(lab.service.resolve("starts.txt")).get(0)))
            .orElseThrow();
    Signal.STOP.send(List.of(root));
    assertThat(Poll.until(Duration.ofSeconds(5), root::isFrozen)).isTrue();
    assertThatThrownBy(() -> lab.injections().prepare(ServiceLab.spec(fault())))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("frozen already");
  }
}
