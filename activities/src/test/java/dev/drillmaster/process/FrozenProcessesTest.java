package dev.drillmaster.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A shell that forks without a pause is caught now and then in the middle of vfork(2). */
@Tag("lab")
final class FrozenProcessesTest {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  @RepeatedTest(60)
  void allOfAShellThatForksAllTheTimeFreezeAndGoOn(
      @TempDir Path directory, RepetitionInfo repetition) throws Exception {
    Process shell =
        new ProcessBuilder("sh", "-c", "while /bin/true; do :; done")
            .directory(directory.toFile())
            .start();
    ProcessTree tree = new ProcessTree(directory);
    try {
      LockSupport.parkNanos(
          TimeUnit.MICROSECONDS.toNanos(5000 + 137L * repetition.getCurrentRepetition()));
      assertThat(Poll.until(LIMIT, Duration.ofMillis(2), () -> freeze(tree))).isTrue();

      assertThat(Poll.until(LIMIT, Duration.ofMillis(2), () -> thaw(tree))).isTrue();
    } finally {
      shell.destroyForcibly().waitFor();
      for (ProcessId left : tree.members()) {
        Signal.KILL.send(List.of(left));
      }
    }
  }

  private static boolean freeze(ProcessTree tree) throws IOException {
    List<ProcessId> moving = tree.members().stream().filter(each -> !each.isFrozen()).toList();
    Signal.STOP.send(moving);
    return moving.isEmpty();
  }

  private static boolean thaw(ProcessTree tree) throws IOException {
    List<ProcessId> frozen = tree.members().stream().filter(ProcessId::isFrozen).toList();
    Signal.CONT.send(frozen);
    return frozen.isEmpty();
  }
}
