package dev.drillmaster.measure;

import static dev.drillmaster.measure.JournalBuilder.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.measure.JournalLine.Attempt;
import dev.drillmaster.measure.JournalLine.Outcome;
import dev.drillmaster.measure.JournalLine.Result;
import dev.drillmaster.postgres.Fork;
import dev.drillmaster.postgres.Lsn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class LossMeasurementTest {

  // Positions are 1000 + sequence, see JournalBuilder.
  private static final Optional<Fork> FORK_AFTER_94 = Optional.of(new Fork(1, new Lsn(1094)));

  private static LossMeasurement measure(
      JournalBuilder journal, List<TransferRow> rows, Optional<Fork> fork) {
    return LossMeasurement.of(journal.build(), rows, fork, "injected");
  }

  private static List<TransferRow> rows(JournalBuilder journal, int from, int to) {
    List<TransferRow> rows = new ArrayList<>();
    for (Attempt attempt : journal.attempts.subList(from, to)) {
      rows.add(new TransferRow(attempt.id(), attempt.sequence()));
    }
    return rows;
  }

  @Test
  void nothingLostIsZeroInAllUnits() {
    JournalBuilder journal = new JournalBuilder().ok(100).failed(10).ok(50).mark("injected", 1000);
    List<TransferRow> there = rows(journal, 0, 100);
    there.addAll(rows(journal, 110, 160));

    LossMeasurement loss = measure(journal, there, Optional.of(new Fork(1, new Lsn(2000))));

    assertThat(loss.acknowledged()).isEqualTo(150);
    assertThat(loss.transactions()).isZero();
    assertThat(loss.seconds()).isZero();
    assertThat(loss.lostBytes()).isZero();
    assertThat(loss.findings()).isEmpty();
  }

  @Test
  void acknowledgedRowsThatAreNotThereAreLostWithAgeAndBytes() {
    JournalBuilder journal = new JournalBuilder().ok(100).failed(50).mark("injected", 1000);

    LossMeasurement loss = measure(journal, rows(journal, 0, 95), FORK_AFTER_94);

    assertThat(loss.lost()).isEqualTo(rows(journal, 95, 100));
    // The oldest lost was acknowledged at 952, the fault is at 1000.
    assertThat(loss.lostNanos()).isEqualTo(nanos(48));
    assertThat(loss.lostBytes()).isEqualTo(5);
    assertThat(loss.findings()).isEmpty();
  }

  @Test
  void positionsOnTheNewTimelineAreNotLost() {
    JournalBuilder journal = new JournalBuilder().ok(95).mark("injected", 1000);
    journal.outcome(journal.attempt(), 2, Result.OK, new Lsn(9999), 2);

    LossMeasurement loss = measure(journal, rows(journal, 0, 96), FORK_AFTER_94);

    assertThat(loss.lostBytes()).isZero();
  }

  @Test
  void bytesWithoutLostRowsAreNoFinding() {
    JournalBuilder journal = new JournalBuilder().ok(100).mark("injected", 1000);

    LossMeasurement loss = measure(journal, rows(journal, 0, 100), FORK_AFTER_94);

    assertThat(loss.lostBytes()).isEqualTo(5);
    assertThat(loss.findings()).isEmpty();
  }

  @Test
  void lostRowsWithoutBytesAreAFinding() {
    JournalBuilder journal = new JournalBuilder().ok(100).mark("injected", 1000);

    assertThat(measure(journal, rows(journal, 1, 100), Optional.empty()).findings())
        .containsExactly(LossFinding.LOST_WITHOUT_BYTES);
  }

  @Test
  void aLostRowWhoseLogWasKeptIsAFindingBesideOthersWhoseLogIsLost() {
    JournalBuilder journal = new JournalBuilder().ok(100).mark("injected", 1000);

    LossMeasurement loss = measure(journal, rows(journal, 1, 95), FORK_AFTER_94);

    assertThat(loss.lostBytes()).isEqualTo(5);
    assertThat(loss.findings()).containsExactly(LossFinding.LOST_WITHOUT_BYTES);
  }

  @Test
  void aLostRowWhosePositionWasNeverToldAccusesNobody() {
    JournalBuilder journal = new JournalBuilder().ok(95).mark("injected", 1000);
    journal.outcome(journal.attempt(), 2, Result.OK, null, 0);

    LossMeasurement loss = measure(journal, rows(journal, 0, 95), FORK_AFTER_94);

    assertThat(loss.transactions()).isEqualTo(1);
    assertThat(loss.lostBytes()).isZero();
    assertThat(loss.findings()).isEmpty();
  }

  @Test
  void unknownOutcomesThatAreThereAreRecoveredAndThoseThatAreNotAreNotLost() {
    JournalBuilder journal =
        new JournalBuilder().ok(10).unknown(2).unanswered(2).mark("injected", 100);
    List<TransferRow> there = rows(journal, 0, 11);
    there.addAll(rows(journal, 12, 13));

    LossMeasurement loss = measure(journal, there, Optional.empty());

    assertThat(loss.transactions()).isZero();
    assertThat(loss.recovered()).extracting(TransferRow::sequence).containsExactly(10L, 12L);
    assertThat(loss.findings()).isEmpty();
  }

  @Test
  void aDefiniteFailureThatIsThereIsAFinding() {
    JournalBuilder journal = new JournalBuilder().ok(10).failed(1).mark("injected", 100);

    LossMeasurement loss = measure(journal, rows(journal, 0, 11), Optional.empty());

    assertThat(loss.refused()).isEqualTo(rows(journal, 10, 11));
    assertThat(loss.findings()).containsExactly(LossFinding.REFUSED_BUT_COMMITTED);
  }

  @Test
  void duplicatesAreCountedBeyondTheFirst() {
    JournalBuilder journal = new JournalBuilder().ok(10).mark("injected", 100);
    List<TransferRow> there = rows(journal, 0, 10);
    there.addAll(rows(journal, 3, 5));
    there.addAll(rows(journal, 3, 4));

    LossMeasurement loss = measure(journal, there, Optional.empty());

    assertThat(loss.duplicates()).isEqualTo(3);
    assertThat(loss.findings()).containsExactly(LossFinding.DUPLICATE_ROWS);
  }

  @Test
  void rowsNobodySentAreUnexpectedAlsoWithAKnownIdUnderAnotherSequence() {
    JournalBuilder journal = new JournalBuilder().ok(3).mark("injected", 100);
    List<TransferRow> there = rows(journal, 0, 2);
    TransferRow stranger = new TransferRow(new UUID(9, 9), 1);
    TransferRow moved = new TransferRow(journal.attempts.get(2).id(), 77);
    there.addAll(List.of(stranger, moved));

    LossMeasurement loss = measure(journal, there, Optional.empty());

    assertThat(loss.unexpected()).containsExactlyInAnyOrder(stranger, moved);
    assertThat(loss.lost()).isEqualTo(rows(journal, 2, 3));
    assertThat(loss.findings())
        .containsExactly(LossFinding.LOST_WITHOUT_BYTES, LossFinding.UNEXPECTED_ROWS);
  }

  @Test
  void aTransferLostAfterTheFaultWasMarkedHasAnAgeToo() {
    // A primary that goes on acknowledging after the fault, as without a fence.
    JournalBuilder journal = new JournalBuilder().ok(100).mark("injected", 500);

    LossMeasurement loss = measure(journal, rows(journal, 0, 90), Optional.empty());

    assertThat(loss.lostNanos()).isEqualTo(nanos(90));
  }

  @Test
  void aJournalThatIsNotWholeIsAFinding() {
    JournalBuilder journal = new JournalBuilder().ok(10);
    LoadJournal cut =
        journal.build(List.of(new JournalProblem(JournalProblem.Kind.CUT, 21, "cut")));

    assertThat(
            LossMeasurement.of(cut, rows(journal, 0, 10), Optional.empty(), "injected").findings())
        .containsExactly(LossFinding.JOURNAL_NOT_WHOLE);
  }

  @Test
  void positionsAreReadAndWrittenAsPostgresqlDoes() {
    assertThat(Lsn.parse("16/B374D848").bytes()).isEqualTo(0x16_B374D848L);
    assertThat(Lsn.parse("0/FFFFFFFF").bytes()).isEqualTo(0xFFFF_FFFFL);
    assertThat(new Lsn(0x16_B374D848L)).hasToString("16/B374D848");
    assertThat(new Lsn(5)).hasToString("0/5");
  }

  @Test
  void randomLossIsFoundExactly() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      JournalBuilder journal = new JournalBuilder();
      List<TransferRow> there = new ArrayList<>();
      Set<TransferRow> deleted = new HashSet<>();
      Set<TransferRow> regained = new HashSet<>();
      int copies = 0;
      for (int i = 0; i < 100; i++) {
        int kind = random.nextInt(4);
        if (kind == 0) {
          journal.unknown(1);
        } else if (kind == 1) {
          journal.unanswered(1);
        } else {
          journal.ok(1);
        }
        TransferRow row = rows(journal, i, i + 1).get(0);
        boolean present = random.nextInt(5) > 0;
        for (int copy = present ? random.nextInt(20) / 18 : -1; copy >= 0; copy--) {
          there.add(row);
          copies++;
        }
        if (kind >= 2 && !present) {
          deleted.add(row);
        }
        if (kind < 2 && present) {
          regained.add(row);
        }
      }
      Collections.shuffle(there, random);

      LossMeasurement loss = measure(journal, there, Optional.empty());

      assertThat(new HashSet<>(loss.lost())).as("seed %d", seed).isEqualTo(deleted);
      assertThat(new HashSet<>(loss.recovered())).as("seed %d", seed).isEqualTo(regained);
      assertThat(loss.duplicates()).isEqualTo(copies - new HashSet<>(there).size());
      assertThat(loss.unexpected()).isEmpty();
    }
  }

  @Test
  void theHighestAcknowledgedPositionCountsWhateverTheOrderOfAnswers() {
    JournalBuilder journal = new JournalBuilder();
    Attempt first = journal.attempt();
    journal.outcome(first, 50, Result.OK, new Lsn(1300), 1);
    journal.ok(5);

    assertThat(measure(journal, rows(journal, 0, 6), FORK_AFTER_94).lostBytes()).isEqualTo(206);
    assertThat(journal.outcomes.values()).extracting(Outcome::timeline).containsOnly(1);
  }
}
