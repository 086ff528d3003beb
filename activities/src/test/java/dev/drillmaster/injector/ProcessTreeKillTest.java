package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injector.Injector.UndoLog;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.target.ServiceTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProcessTreeKillTest extends ServiceContract {

  private static final Duration ATTEMPT = Duration.ofMillis(50);

  @Override
  Fault fault() {
    return new ProcessTreeFailure(ProcessTreeFailure.Mode.KILL);
  }

  @Override
  boolean effectSeen() {
    return lab.tree().members().isEmpty();
  }

  @ParameterizedTest(name = "the journal can be written: {0}")
  @ValueSource(booleans = {true, false})
  void aServiceThatNeedsLongerThanOneAttemptIsKilledByTheFirstOnly(boolean writable)
      throws Exception {
    ServiceTarget target = lab.target();
    ProcessTreeUndo[] undo = {new ProcessTreeUndo(lab.tree().members(), false)};
    UndoLog<ProcessTreeUndo> log =
        changed -> {
          if (!writable) {
            throw new IOException("no space left on device");
          }
          undo[0] = changed;
        };
    Path recovering = Files.createFile(lab.service.resolve("recovering"));
    ProcessKiller.killAll(lab.tree()::members);

    assertThatThrownBy(() -> TreeKill.heal(target, undo[0], ATTEMPT, log))
        .hasMessageContaining("does not serve");
    assertStarts(2);
    assertThatThrownBy(() -> TreeKill.heal(target, undo[0], ATTEMPT, log))
        .hasMessageContaining("does not serve");
    assertStarts(writable ? 2 : 3);

    Files.delete(recovering);
    TreeKill.heal(target, undo[0], Duration.ofSeconds(20), log);
    assertThat(lab.serves()).isTrue();
  }

  /** The service says so some time after its process began. */
  private void assertStarts(int wanted) throws IOException, InterruptedException {
    Poll.until(Duration.ofSeconds(10), () -> lab.starts() >= wanted);
    assertThat(lab.starts()).isEqualTo(wanted);
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
    assertThat(lab.journal.undo(spec.id(), ProcessTreeUndo.class).orElseThrow().complete())
        .as("a later attempt knows that all was killed")
        .isTrue();
  }
}
