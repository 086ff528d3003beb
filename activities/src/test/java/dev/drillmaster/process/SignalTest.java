package dev.drillmaster.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Signals of many threads reach every process, by however few shells. */
@Tag("lab")
final class SignalTest {

  private static final int MANY = 40;
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  private ProcessId sleeper() throws IOException {
    Process process = new ProcessBuilder("sleep", "1000").start();
    started.add(process);
    return ProcessId.of(process.pid()).orElseThrow();
  }

  @Test
  void manyThreadsAtOnceEachReachTheirOwnProcess() throws Exception {
    List<ProcessId> sleepers = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      sleepers.add(sleeper());
    }

    sendFromThreads(Signal.STOP, sleepers);
    assertThat(Poll.until(LIMIT, () -> sleepers.stream().allMatch(ProcessId::isFrozen))).isTrue();

    sendFromThreads(Signal.CONT, sleepers);
    assertThat(Poll.until(LIMIT, () -> sleepers.stream().noneMatch(ProcessId::isFrozen))).isTrue();
  }

  private static void sendFromThreads(Signal signal, List<ProcessId> processes) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(processes.size());
    try {
      List<Future<?>> sent = new ArrayList<>();
      for (ProcessId each : processes) {
        sent.add(
            threads.submit(
                () -> {
                  signal.send(List.of(each));
                  return null;
                }));
      }
      for (Future<?> each : sent) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aProcessThatIsGoneKeepsNoOtherFromGettingIt() throws Exception {
    ProcessId gone = sleeper();
    started.get(0).destroyForcibly().waitFor();
    ProcessId there = sleeper();

    Signal.STOP.send(List.of(gone, there));

    assertThat(Poll.until(LIMIT, there::isFrozen)).isTrue();
  }

  @Test
  void aPidThatHasAnotherOwnerNowIsLeftAlone() throws Exception {
    ProcessId owner = sleeper();
    ProcessId other = sleeper();

    Signal.STOP.send(List.of(new ProcessId(owner.pid(), owner.startTicks() - 1), other));

    assertThat(Poll.until(LIMIT, other::isFrozen)).isTrue();
    assertThat(owner.isFrozen()).isFalse();
  }

  @Test
  void itIsSentAlthoughTheShellThatWouldSendItWasKilledOrStopped() throws Exception {
    Signal.STOP.send(List.of(sleeper()));
    for (String hit : List.of("KILL", "STOP")) {
      ProcessHandle shell = shellThatSends(Signal.STOP);
      new ProcessBuilder("sh", "-c", "kill -" + hit + " " + shell.pid()).start().waitFor();
      ProcessId sleeper = sleeper();

      Signal.STOP.send(List.of(sleeper));

      assertThat(Poll.until(LIMIT, sleeper::isFrozen)).as(hit).isTrue();
    }
  }

  private static ProcessHandle shellThatSends(Signal signal) {
    return ProcessHandle.current()
        .children()
        .filter(child -> commandOf(child).contains("kill -" + signal))
        .filter(child -> !ProcessId.of(child.pid()).orElseThrow().isFrozen())
        .findFirst()
        .orElseThrow();
  }

  private static String commandOf(ProcessHandle process) {
    return String.join(" ", process.info().arguments().orElse(new String[0]));
  }

  @Test
  void anInterruptIsLeftToTheCaller() throws Exception {
    ProcessId sleeper = sleeper();

    Thread.currentThread().interrupt();
    Signal.STOP.send(List.of(sleeper));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(Poll.until(LIMIT, sleeper::isFrozen)).isTrue();
  }
}
