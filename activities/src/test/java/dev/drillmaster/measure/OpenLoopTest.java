package dev.drillmaster.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.measure.JournalLine.Attempt;
import dev.drillmaster.measure.JournalLine.Result;
import dev.drillmaster.postgres.Lsn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class OpenLoopTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  /** A service that answers only when told, and remembers what it was asked. */
  private static final class Held implements TransferSender {
    final Queue<CompletableFuture<Answer>> open = new ConcurrentLinkedQueue<>();
    volatile boolean holding = true;

    @Override
    public CompletableFuture<Answer> send(int instance, UUID id, String run, long sequence) {
      Answer ok = new Answer(Result.OK, new Lsn(sequence), 1, "");
      if (!holding) {
        return CompletableFuture.completedFuture(ok);
      }
      CompletableFuture<Answer> answer = new CompletableFuture<>();
      open.add(answer);
      return answer;
    }
  }

  private final Path directory;
  private final Held service = new Held();

  OpenLoopTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private OpenLoop start(int rate, int maxInFlight) throws IOException {
    return OpenLoop.start(directory.resolve("j"), "r1", rate, 2, TIMEOUT, maxInFlight, service);
  }

  private static void awaitAttempts(OpenLoop loop, long attempts) {
    long latest = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (loop.status().attempts() < attempts) {
      assertThat(System.nanoTime()).as("attempts come").isLessThan(latest);
      Thread.onSpinWait();
    }
  }

  @Test
  void attemptsStayDueAtTheRateWhileNothingIsAnswered() throws Exception {
    OpenLoop loop = start(500, 2000);
    awaitAttempts(loop, 100);
    assertThat(loop.status().inFlight()).isGreaterThanOrEqualTo(100);
    loop.stop(Duration.ZERO);

    LoadJournal journal = LoadJournal.read(directory.resolve("j"));
    assertThat(journal.isWhole()).isTrue();
    assertThat(journal.outcomes()).isEmpty();
    for (Attempt attempt : journal.attempts()) {
      assertThat(attempt.due()).isEqualTo(attempt.sequence() * 2_000_000);
      assertThat(attempt.sent()).isGreaterThanOrEqualTo(attempt.due());
      assertThat(attempt.instance()).isEqualTo((int) (attempt.sequence() % 2));
    }
  }

  @Test
  void beyondTheLimitInFlightAnAttemptHasFailedWithoutBeingSent() throws Exception {
    OpenLoop loop = start(500, 10);
    awaitAttempts(loop, 30);
    loop.stop(Duration.ZERO);

    LoadJournal journal = LoadJournal.read(directory.resolve("j"));
    assertThat(service.open).hasSize(10);
    assertThat(journal.outcome(journal.attempts().get(10)).orElseThrow().reason())
        .isEqualTo("not sent: 10 in flight");
  }

  @Test
  void aStopWaitsForAnswersAndThenWritesNothingMore() throws Exception {
    OpenLoop loop = start(500, 2000);
    awaitAttempts(loop, 5);
    service.holding = false;
    loop.mark("injected");
    awaitAttempts(loop, 20);
    LoadStatus last = loop.stop(Duration.ofMillis(50));
    long outcomes = last.ok();
    service.open.forEach(answer -> answer.complete(Answer.unknown("late")));

    LoadJournal journal = LoadJournal.read(directory.resolve("j"));
    assertThat(journal.problems()).isEmpty();
    assertThat(journal.outcomes()).hasSize((int) outcomes);
    assertThat(journal.mark("injected")).isPresent();
    assertThat(last.ended()).isTrue();
    assertThat(last.inFlight()).isEqualTo(service.open.size()).isPositive();
    assertThat(loop.status())
        .usingRecursiveComparison()
        .comparingOnlyFields("lost", "unknown")
        .isEqualTo(last);
    assertThatThrownBy(() -> loop.mark("late")).isInstanceOf(IOException.class);
  }

  @Test
  void theStatusTellsACurrentOutageAndItsEnd() throws Exception {
    service.holding = false;
    OpenLoop loop = start(200, 2000);
    awaitAttempts(loop, 5);
    assertThat(loop.status().currentOutageMillis()).isZero();
    assertThat(loop.status().timeline()).isEqualTo(1);
    service.holding = true;
    awaitAttempts(loop, 25);
    service.open.forEach(answer -> answer.complete(Answer.failed("down")));
    assertThat(loop.status().currentOutageMillis()).isPositive();
    assertThat(loop.status().strip()).anyMatch(slice -> slice.failed() > 0);
    service.holding = false;
    long ok = loop.status().ok();
    awaitAttempts(loop, loop.status().attempts() + 2);
    assertThat(loop.status().ok()).isGreaterThan(ok);
    LoadStatus between = loop.status();
    while (between.lastOkAgeMillis() < 2) {
      between = loop.status();
    }
    assertThat(between.currentOutageMillis()).isZero();
    loop.stop(Duration.ZERO);
  }

  @Test
  void anImpossibleRateIsRefusedBeforeAJournalIsBegun() {
    assertThatThrownBy(() -> start(0, 10)).isInstanceOf(IllegalArgumentException.class);
    assertThat(directory.resolve("j")).doesNotExist();
  }
}
