package dev.drillmaster.measure;

import static dev.drillmaster.measure.JournalBuilder.nanos;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.measure.JournalLine.Attempt;
import dev.drillmaster.measure.JournalLine.Outcome;
import dev.drillmaster.measure.JournalLine.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class OutageMeasurementTest {

  private static OutageMeasurement measure(JournalBuilder journal) {
    return OutageMeasurement.between(journal.build(), "injected", "fail-back", Sustained.DEFAULT);
  }

  @Test
  void theRecoveryTimeRunsFromTheLastSuccessToTheFirstThatLasts() {
    // The last success is due at 990 and acknowledged at 992; the first after is due at 2000.
    OutageMeasurement measured =
        measure(new JournalBuilder().ok(100).failed(100).ok(100).mark("injected", 995));

    RecoveryTime rto = measured.recoveryTime();
    assertThat(rto.measured()).isTrue();
    assertThat(rto.nanos()).isEqualTo(nanos(2002 - 992));
    // 8 ms from that success to the first failure, 2 ms latency and 10 ms spacing at the end.
    assertThat(rto.errorNanos()).isEqualTo(nanos(8 + 2 + 10));
    assertThat(measured.outages()).singleElement().extracting(Outage::failures).isEqualTo(100);
  }

  @Test
  void unknownOutcomesAndAttemptsWithoutOneAreFailures() {
    OutageMeasurement measured =
        measure(new JournalBuilder().ok(10).unknown(20).unanswered(30).ok(60).mark("injected", 50));

    assertThat(measured.recoveryTime().nanos()).isEqualTo(nanos(602 - 92));
    assertThat(measured.longest().orElseThrow().failures()).isEqualTo(50);
  }

  @Test
  void withoutAnOutageTheErrorIsTheLargestSpacingOfSuccesses() {
    JournalBuilder journal = new JournalBuilder().ok(50).ok(1, 40).ok(49).mark("injected", 100);
    // The attempt due at 500 is answered late: 20 ms from the answer at 492 to that at 512.
    RecoveryTime rto = measure(journal).recoveryTime();

    assertThat(rto).isEqualTo(new RecoveryTime(true, 0, nanos(20)));
  }

  @Test
  void aStallWithoutAFailureShowsInTheError() {
    JournalBuilder journal = new JournalBuilder().ok(50);
    for (int i = 0; i < 100; i++) {
      // All answered together at 1500.
      Attempt attempt = journal.attempt();
      journal.outcome(attempt, 1500 - attempt.due() / 1e6, Result.OK, null, 0);
    }
    RecoveryTime rto = measure(journal.ok(50).mark("injected", 100)).recoveryTime();

    assertThat(rto.nanos()).isZero();
    assertThat(rto.errorMillis()).isEqualTo(1500 - 492);
  }

  @Test
  void anOutageThatNeverEndsIsNotMeasured() {
    OutageMeasurement measured =
        measure(new JournalBuilder().ok(100).failed(100).mark("injected", 995));

    assertThat(measured.recoveryTime().measured()).isFalse();
    assertThat(measured.recoveryTime().millis()).isEqualTo(2000 - 992);
  }

  @Test
  void successThatDoesNotLastLongEnoughBeforeTheEndIsNotRecovery() {
    assertThat(
            measure(new JournalBuilder().ok(100).failed(10).ok(50).mark("injected", 995))
                .recoveryTime()
                .measured())
        .isFalse();
    // 51 attempts span 500 ms.
    assertThat(
            measure(new JournalBuilder().ok(100).failed(10).ok(51).mark("injected", 995))
                .recoveryTime()
                .measured())
        .isTrue();
  }

  @Test
  void flappingIsOneOutage() {
    OutageMeasurement measured =
        measure(
            new JournalBuilder()
                .ok(100)
                .failed(10)
                .ok(40)
                .failed(1)
                .ok(49)
                .unknown(1)
                .ok(60)
                .mark("injected", 995));

    assertThat(measured.outages()).hasSize(1);
    assertThat(measured.recoveryTime().nanos()).isEqualTo(nanos(2012 - 992));
    assertThat(measured.longest().orElseThrow().failures()).isEqualTo(12);
  }

  @Test
  void ofSeveralOutagesTheLongestCountsAndAllAreListed() {
    OutageMeasurement measured =
        measure(
            new JournalBuilder()
                .ok(100)
                .failed(10)
                .ok(60)
                .failed(30)
                .ok(60)
                .failed(5)
                .ok(60)
                .mark("injected", 995));

    assertThat(measured.outages()).extracting(Outage::failures).containsExactly(10, 30, 5);
    assertThat(measured.recoveryTime().nanos()).isEqualTo(nanos(300 + 10));
  }

  @Test
  void anOutageThatNeverEndsIsTheLongestWhateverTheOthersTook() {
    OutageMeasurement measured =
        measure(
            new JournalBuilder().ok(100).failed(99).ok(60).failed(2).ok(3).mark("injected", 995));

    assertThat(measured.recoveryTime().measured()).isFalse();
  }

  @Test
  void failuresBeforeTheMarkAreAnotherMatter() {
    OutageMeasurement measured =
        measure(new JournalBuilder().ok(10).failed(10).ok(100).mark("injected", 1000));

    assertThat(measured.outages()).isEmpty();
    assertThat(measured.recoveryTime().nanos()).isZero();
  }

  @Test
  void anOutageThatBeganJustBeforeTheMarkIsMeasuredInFull() {
    // The fault is there before it is observed and marked.
    OutageMeasurement measured =
        measure(new JournalBuilder().ok(100).failed(100).ok(100).mark("injected", 1200));

    assertThat(measured.recoveryTime().nanos()).isEqualTo(nanos(2002 - 992));
  }

  @Test
  void theWindowEndsAtTheSecondMark() {
    OutageMeasurement measured =
        measure(
            new JournalBuilder()
                .ok(100)
                .failed(10)
                .ok(100)
                .failed(50)
                .ok(100)
                .mark("injected", 995)
                .mark("fail-back", 2000));

    assertThat(measured.outages()).extracting(Outage::failures).containsExactly(10);
    assertThat(measured.attempts()).isEqualTo(100);
    assertThat(measured.ok()).isEqualTo(90);
  }

  @Test
  void serviceThatNeverWorkedIsNotMeasured() {
    JournalBuilder journal = new JournalBuilder().failed(10).ok(100).mark("injected", 0);

    assertThat(measure(journal).recoveryTime().measured()).isFalse();
  }

  @Test
  void aWindowInWhichNothingWasDueMeasuresNothing() {
    JournalBuilder journal = new JournalBuilder().ok(10).mark("injected", 100);

    assertThat(measure(journal).recoveryTime().measured()).isFalse();
  }

  @Test
  void aMissingMarkIsAnError() {
    assertThatThrownBy(() -> measure(new JournalBuilder().ok(10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("injected");
  }

  @Test
  void aLateAnswerToAnEarlyAttemptDoesNotShortenTheOutage() {
    JournalBuilder journal = new JournalBuilder().ok(99);
    // Sent before the outage, stuck, and answered in the middle of it.
    Attempt stuck = journal.attempt();
    journal.outcome(stuck, 700, Result.OK, null, 0);
    journal.failed(100).ok(100).mark("injected", 995);

    // The last success acknowledged before the first failure was due is that due at 980.
    assertThat(measure(journal).recoveryTime().nanos()).isEqualTo(nanos(2002 - 982));
  }

  @Test
  void latencyCountsFromDueAndIgnoresFailures() {
    JournalBuilder journal = new JournalBuilder().ok(98, 3).ok(2, 30).failed(5).mark("injected", 0);

    assertThat(measure(journal).latency()).isEqualTo(new Latency(nanos(3), nanos(30)));
  }

  @Test
  void bucketsCountWhatWasDueInThem() {
    LoadJournal journal = new JournalBuilder().ok(15).failed(3).unanswered(7).ok(5, 9).build();

    assertThat(Bucket.of(journal, Duration.ofMillis(100)))
        .containsExactly(
            new Bucket(0, 10, 0, nanos(2)),
            new Bucket(nanos(100), 5, 5, nanos(2)),
            new Bucket(nanos(200), 5, 5, nanos(9)));
  }

  @Test
  void randomJournalsMeasureAsTheDefinitionSays() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 400; round++) {
      LoadJournal journal = randomJournal(random);
      Sustained sustained =
          new Sustained(1 + random.nextInt(12), Duration.ofMillis(random.nextInt(120)));

      List<Outage> outages = OutageMeasurement.of(journal, sustained).outages();

      assertThat(
              outages.stream()
                  .map(
                      outage ->
                          List.of(
                              outage.firstFailureDue(),
                              outage.lastSuccess(),
                              outage.firstSuccess())))
          .as("seed %d round %d", seed, round)
          .isEqualTo(naive(journal, sustained));
      for (Outage outage : outages) {
        assertThat(outage.nanos()).as("seed %d round %d", seed, round).isNotNegative();
        assertThat(outage.errorNanos()).isPositive();
      }
    }
  }

  private static LoadJournal randomJournal(Random random) {
    JournalBuilder journal = new JournalBuilder();
    while (journal.attempts.size() < 200) {
      boolean up = random.nextInt(3) > 0;
      for (int i = random.nextInt(30); i >= 0; i--) {
        if (random.nextInt(20) == 0 || (!up && random.nextInt(10) == 0)) {
          journal.unanswered(1);
        } else if (up) {
          journal.ok(1, 1 + random.nextInt(random.nextInt(5) == 0 ? 90 : 9));
        } else {
          journal.failed(1);
        }
      }
    }
    return journal.build();
  }

  /** The definition, quantifier by quantifier: slow, and without any state. */
  private static List<List<Long>> naive(LoadJournal journal, Sustained sustained) {
    List<Attempt> all = journal.attempts();
    List<List<Long>> outages = new ArrayList<>();
    for (int from = 0; from < all.size(); ) {
      int failure = from;
      while (failure < all.size() && journal.isOk(all.get(failure))) {
        failure++;
      }
      if (failure == all.size()) {
        break;
      }
      int recovery = failure;
      while (recovery < all.size() && !lastsFrom(journal, recovery, sustained)) {
        recovery++;
      }
      long due = all.get(failure).due();
      long last =
          acknowledgements(journal, all).stream()
              .filter(at -> at <= due)
              .max(Long::compare)
              .orElse(0L);
      int runEnd = recovery;
      while (runEnd < all.size() && journal.isOk(all.get(runEnd))) {
        runEnd++;
      }
      long first =
          acknowledgements(journal, all.subList(recovery, runEnd)).stream()
              .min(Long::compare)
              .orElse(journal.lastInstant());
      outages.add(List.of(due, last, first));
      from = recovery;
    }
    return outages;
  }

  private static boolean lastsFrom(LoadJournal journal, int first, Sustained sustained) {
    List<Attempt> all = journal.attempts();
    for (int last = first; last < all.size() && journal.isOk(all.get(last)); last++) {
      if (last - first + 1 >= sustained.attempts()
          && all.get(last).due() >= all.get(first).due() + sustained.span().toNanos()) {
        return true;
      }
    }
    return false;
  }

  private static List<Long> acknowledgements(LoadJournal journal, List<Attempt> attempts) {
    return attempts.stream()
        .filter(journal::isOk)
        .map(attempt -> journal.outcome(attempt).map(Outcome::at).orElseThrow())
        .toList();
  }
}
