package dev.drillmaster.measure;

import dev.drillmaster.measure.JournalLine.Attempt;
import dev.drillmaster.measure.JournalLine.End;
import dev.drillmaster.measure.JournalLine.Header;
import dev.drillmaster.measure.JournalLine.Mark;
import dev.drillmaster.measure.JournalLine.Outcome;
import dev.drillmaster.measure.JournalProblem.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one journal, line by line, and notes what is wrong with it. */
final class JournalReader {

  private final JournalText text = new JournalText();
  private final List<Attempt> attempts = new ArrayList<>();
  private final Map<Long, Outcome> outcomes = new HashMap<>();
  private final List<Mark> marks = new ArrayList<>();
  private final List<JournalProblem> problems = new ArrayList<>();
  private @Nullable Header header;
  private @Nullable End end;
  private int line;

  static LoadJournal read(Path file) throws IOException {
    JournalReader reader = new JournalReader();
    reader.readAll(Files.readString(file, StandardCharsets.ISO_8859_1));
    if (reader.header == null) {
      throw new IOException(
          file
              + " is not a load journal: "
              + reader.problems
              + "; nothing can be measured from it");
    }
    return new LoadJournal(
        reader.header,
        reader.attempts,
        reader.outcomes,
        reader.marks,
        Optional.ofNullable(reader.end),
        reader.problems);
  }

  private void readAll(String content) {
    int start = 0;
    for (int feed; (feed = content.indexOf('\n', start)) >= 0; start = feed + 1) {
      line++;
      if (!readLine(content.substring(start, feed))) {
        return;
      }
    }
    if (start < content.length()) {
      line++;
      note(
          Kind.CUT, "the last line was not written to its end: the load died, or its disk is full");
    }
    checkEnd();
  }

  private boolean readLine(String raw) {
    try {
      // Read as bytes first: text that is not UTF-8 is damage, not an error of ours.
      accept(
          text.decode(
              new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)));
      return true;
    } catch (IllegalArgumentException wrong) {
      note(Kind.DAMAGED, String.valueOf(wrong.getMessage()));
      return false;
    }
  }

  private void accept(JournalLine fact) {
    if ((header == null) != (fact instanceof Header)) {
      throw new IllegalArgumentException("the header must be the first line and no other");
    }
    if (end != null) {
      note(Kind.CONTRADICTION, "a line after the end line");
    }
    if (fact instanceof Header first) {
      header = first;
    } else if (fact instanceof Attempt attempt) {
      if (attempt.sequence() != attempts.size()) {
        note(Kind.CONTRADICTION, "attempt " + attempts.size() + " is missing");
      }
      attempts.add(attempt);
    } else if (fact instanceof Outcome outcome) {
      acceptOutcome(outcome);
    } else if (fact instanceof Mark mark) {
      marks.add(mark);
    } else if (fact instanceof End last) {
      end = last;
    }
  }

  private void acceptOutcome(Outcome outcome) {
    if (outcome.sequence() < 0 || outcome.sequence() >= attempts.size()) {
      note(Kind.CONTRADICTION, "an outcome of attempt " + outcome.sequence() + ", never begun");
    } else if (outcomes.putIfAbsent(outcome.sequence(), outcome) != null) {
      note(Kind.CONTRADICTION, "a second outcome of attempt " + outcome.sequence());
    }
  }

  private void checkEnd() {
    if (end == null) {
      note(Kind.NOT_ENDED, "no end line: the load still runs, or died");
    } else if (end.attempts() != attempts.size() || end.outcomes() != outcomes.size()) {
      note(
          Kind.CONTRADICTION,
          "the end line counts "
              + end.attempts()
              + " attempts and "
              + end.outcomes()
              + " outcomes,"
              + " found "
              + attempts.size()
              + " and "
              + outcomes.size());
    }
  }

  private void note(Kind kind, String what) {
    problems.add(new JournalProblem(kind, line, what));
  }
}
