package dev.drillmaster.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.drillmaster.drill.Measurement;
import dev.drillmaster.drill.StepResult;
import dev.drillmaster.drill.Timeline;
import dev.drillmaster.measure.JournalBuilder;
import dev.drillmaster.measure.JournalLine.Attempt;
import dev.drillmaster.measure.JournalLine.Outcome;
import dev.drillmaster.measure.JournalLine.Result;
import dev.drillmaster.measure.LoadJournal;
import dev.drillmaster.wire.Wire;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Attempts are due every 10 ms, so that a slice of 100 ms has ten. */
@Tag("pure")
class SlicesTest {

  private final JournalBuilder load = new JournalBuilder();

  @Test
  void everySliceIsWhatAnIndependentCountOfTheJournalFinds() {
    load.acknowledged(123, 1);
    load.mark(Marks.INJECTING, 1225.7);
    load.failed(31).unanswered(14);
    load.acknowledged(77, 2);
    LoadJournal journal = load.build();

    Timeline timeline = Slices.of(journal);

    assertThat(timeline.ok()).isEqualTo(count(journal, true));
    assertThat(timeline.failed()).isEqualTo(count(journal, false));
    assertThat(timeline.ok()).contains(10, 3, 0).hasSize(25);
    assertThat(sum(timeline.ok()) + sum(timeline.failed())).isEqualTo(journal.attempts().size());
  }

  /** From the outcomes backwards, without buckets: what the code under test does not do. */
  private static List<Integer> count(LoadJournal journal, boolean acknowledged) {
    Map<Long, Integer> counted = new TreeMap<>();
    for (Attempt attempt : journal.attempts()) {
      Outcome outcome = journal.outcomes().get(attempt.sequence());
      boolean ok = outcome != null && outcome.result() == Result.OK;
      counted.merge(attempt.due() / 100_000_000L, ok == acknowledged ? 1 : 0, Integer::sum);
    }
    return List.copyOf(counted.values());
  }

  private static int sum(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).sum();
  }

  @Test
  void theLatencyOfASliceIsThatOfWhatWasAcknowledged() {
    load.acknowledged(10, 1);
    load.failed(10);

    assertThat(Slices.of(load.build()).p99Micros()).containsExactly(2000L, 0L);
  }

  @Test
  void marksCountFromTheBeginAndTheFirstOfANameCounts() {
    load.acknowledged(10, 1);
    load.mark(Marks.INJECTING, 40.9).mark(Marks.FENCED, 71).mark(Marks.FENCED, 90);

    Timeline timeline = Slices.of(load.build());

    assertThat(timeline.marks()).isEqualTo(Map.of(Marks.INJECTING, 40L, Marks.FENCED, 71L));
    assertThat(timeline.begin()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void slicesAreFineAsLongAsThereAreFewEnough() {
    load.acknowledged(30_000, 1);
    assertThat(Slices.of(load.build()).sliceMillis()).isEqualTo(100);
    assertThat(Slices.of(load.build()).ok()).hasSize(Timeline.MOST);

    load.acknowledged(1, 1);
    Timeline wider = Slices.of(load.build());
    assertThat(wider.sliceMillis()).isEqualTo(200);
    assertThat(wider.ok()).hasSize(1501);
    assertThat(sum(wider.ok())).isEqualTo(30_001);
  }

  @Test
  void theLongestStaysSmallInAHistory() throws JsonProcessingException {
    load.acknowledged(30_000, 1);

    assertThat(Wire.json().writeValueAsString(Slices.of(load.build()))).hasSizeLessThan(50_000);
  }

  @Test
  void aLoadThatSentNothingHasNoSlice() {
    assertThat(Slices.of(load.build()).ok()).isEmpty();
  }

  @Test
  void itIsPartOfWhatIsMeasuredAndLeavesTheFiguresAlone() throws JsonProcessingException {
    load.acknowledged(100, 1);
    StepResult result = new Measuring(load.build(), List.of(), List.of(), false).result(true);
    Measurement measured = Objects.requireNonNull(result.measurement());

    assertThat(measured.timeline()).isEqualTo(Slices.of(load.build()));
    String json = Wire.json().writeValueAsString(measured);
    assertThat(Wire.json().readValue(json, Measurement.class)).isEqualTo(measured);
  }

  @Test
  void aMeasurementOfAnOlderProgramIsStillRead() throws JsonProcessingException {
    String old =
        """
        {"acknowledged":3406,"attempts":3500,"duplicateRows":0,"failBackGapMillis":null,
         "lostTransactions":3,"milestones":{"detected":431},"recoveredTransactions":2,"rpoBytes":8192,
         "rpoSeconds":0.12,"rtoErrorMillis":21,"rtoMillis":932,"unexpectedRows":0}""";

    Measurement read = Wire.json().readValue(old, Measurement.class);

    assertThat(read.rtoMillis()).isEqualTo(932);
    assertThat(read.timeline()).isNull();
  }
}
