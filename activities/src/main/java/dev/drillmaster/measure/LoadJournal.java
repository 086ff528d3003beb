package dev.drillmaster.measure;

import dev.drillmaster.measure.JournalLine.Attempt;
import dev.drillmaster.measure.JournalLine.End;
import dev.drillmaster.measure.JournalLine.Header;
import dev.drillmaster.measure.JournalLine.Mark;
import dev.drillmaster.measure.JournalLine.Outcome;
import dev.drillmaster.measure.JournalLine.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a load process wrote down.
 *
 * @param attempts in the order of their sequence, which is the order in which they were due
 * @param outcomes by sequence; attempts that had not ended have none
 * @param marks in the order of writing
 * @param end present if the load was stopped in order
 * @param problems empty if this is the whole truth
 */
public record LoadJournal(
    Header header,
    List<Attempt> attempts,
    Map<Long, Outcome> outcomes,
    List<Mark> marks,
    Optional<End> end,
    List<JournalProblem> problems) {

  public LoadJournal {
    attempts = List.copyOf(attempts);
    outcomes = Map.copyOf(outcomes);
    marks = List.copyOf(marks);
    problems = List.copyOf(problems);
  }

  /**
   * Reads a journal, also of a load that still runs. A last line that was cut, and a damaged line
   * with everything after it, are left out and reported as problems.
   *
   * @throws IOException if the file cannot be read or has no whole header
   */
  public static LoadJournal read(Path file) throws IOException {
    return JournalReader.read(file);
  }

  /** Whether a verdict may rest on this journal. */
  public boolean isWhole() {
    return problems.isEmpty();
  }

  public Optional<Outcome> outcome(Attempt attempt) {
    return Optional.ofNullable(outcomes.get(attempt.sequence()));
  }

  /** Whether the attempt was acknowledged. An attempt without an outcome was not. */
  public boolean isOk(Attempt attempt) {
    return outcome(attempt).filter(outcome -> outcome.result() == Result.OK).isPresent();
  }

  /** The timeline of the first acknowledgement that tells one: that on which the load began. */
  public Optional<Integer> firstTimeline() {
    return outcomes.values().stream()
        .filter(outcome -> outcome.result() == Result.OK && outcome.timeline() > 0)
        .min(Comparator.comparingLong(Outcome::sequence))
        .map(Outcome::timeline);
  }

  /**
   * The instant of a mark. Of several with one name the first counts: a retried activity marks
   * again, later.
   */
  public Optional<Long> mark(String name) {
    return marks.stream().filter(mark -> mark.name().equals(name)).map(Mark::at).findFirst();
  }

  /** The latest instant that this journal speaks of. */
  public long lastInstant() {
    long last = end.map(End::at).orElse(0L);
    if (!attempts.isEmpty()) {
      last = Math.max(last, attempts.get(attempts.size() - 1).sent());
    }
    for (Outcome outcome : outcomes.values()) {
      last = Math.max(last, outcome.at());
    }
    return last;
  }
}
