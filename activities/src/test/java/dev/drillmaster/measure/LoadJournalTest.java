package dev.drillmaster.measure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.measure.JournalLine.Attempt;
import dev.drillmaster.measure.JournalLine.End;
import dev.drillmaster.measure.JournalLine.Mark;
import dev.drillmaster.measure.JournalLine.Outcome;
import dev.drillmaster.measure.JournalLine.Result;
import dev.drillmaster.measure.JournalProblem.Kind;
import dev.drillmaster.postgres.Lsn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class LoadJournalTest {

  private static final Attempt FIRST = new Attempt(0, new UUID(1, 2), 0, 5, 0);
  private static final Attempt SECOND = new Attempt(1, new UUID(1, 3), 10, 11, 1);
  private static final Outcome BOOKED =
      new Outcome(0, 20, Result.OK, Lsn.parse("16/B374D848"), 3, "");
  private static final Outcome OPEN =
      new Outcome(1, 30, Result.UNKNOWN, null, 0, "500 a\ttab and\na line");
  private static final Mark MARK = new Mark(15, "injected");
  private static final End END = new End(40, 2, 2);

  private final Path file;

  LoadJournalTest(@TempDir Path directory) {
    this.file = directory.resolve("load.journal");
  }

  private LoadJournal write(JournalLine... lines) throws IOException {
    try (JournalWriter journal = JournalWriter.create(file, JournalBuilder.header())) {
      for (JournalLine line : lines) {
        journal.append(line);
      }
    }
    return LoadJournal.read(file);
  }

  private void writeWhole() throws IOException {
    write(FIRST, SECOND, MARK, BOOKED, OPEN, END);
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    LoadJournal journal = write(FIRST, SECOND, MARK, BOOKED, OPEN, END);

    assertThat(journal.problems()).isEmpty();
    assertThat(journal.header()).isEqualTo(JournalBuilder.header());
    assertThat(journal.attempts()).containsExactly(FIRST, SECOND);
    assertThat(journal.outcome(FIRST)).contains(BOOKED);
    assertThat(journal.outcome(SECOND))
        .contains(new Outcome(1, 30, Result.UNKNOWN, null, 0, "500 a tab and a line"));
    assertThat(journal.mark("injected")).contains(15L);
    assertThat(journal.end()).contains(END);
  }

  @Test
  void anOkWithoutAPositionIsStillOk() throws IOException {
    LoadJournal journal =
        write(FIRST, new Outcome(0, 20, Result.OK, null, 0, ""), new End(30, 1, 1));

    assertThat(journal.isOk(FIRST)).isTrue();
    assertThat(journal.isWhole()).isTrue();
  }

  @Test
  void aJournalIsNeverWrittenOver() throws IOException {
    writeWhole();

    assertThatThrownBy(() -> JournalWriter.create(file, JournalBuilder.header()))
        .isInstanceOf(java.nio.file.FileAlreadyExistsException.class);
  }

  @Test
  void aJournalCutAnywhereInALineKeepsTheLinesBeforeAndSaysSo() throws IOException {
    writeWhole();
    byte[] whole = Files.readAllBytes(file);
    int header = new String(whole, UTF_8).indexOf('\n') + 1;
    for (int length = header; length < whole.length; length++) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));

      LoadJournal journal = LoadJournal.read(file);

      boolean atLineEnd = whole[length - 1] == '\n';
      assertThat(journal.isWhole()).isFalse();
      assertThat(journal.problems()).extracting(JournalProblem::kind).contains(Kind.NOT_ENDED);
      assertThat(journal.problems().stream().anyMatch(p -> p.kind() == Kind.CUT))
          .as("cut at byte %d", length)
          .isEqualTo(!atLineEnd);
    }
  }

  @Test
  void everyAlteredByteIsNoticed() throws IOException {
    writeWhole();
    byte[] whole = Files.readAllBytes(file);
    int header = new String(whole, UTF_8).indexOf('\n') + 1;
    for (int i = header; i < whole.length; i++) {
      byte[] altered = whole.clone();
      altered[i] ^= 1;
      Files.write(file, altered);

      assertThat(LoadJournal.read(file).isWhole()).as("byte %d altered", i).isFalse();
    }
  }

  @Test
  void aLineThatIsRemovedRepeatedOrMovedIsNoticed() throws IOException {
    writeWhole();
    List<String> whole = Files.readAllLines(file);
    for (int i = 1; i < whole.size(); i++) {
      List<String> removed = new ArrayList<>(whole);
      removed.remove(i);
      assertDamaged(removed, "removed line " + (i + 1));
      List<String> repeated = new ArrayList<>(whole);
      repeated.add(i, whole.get(i));
      assertDamaged(repeated, "repeated line " + (i + 1));
      if (i + 1 < whole.size()) {
        List<String> moved = new ArrayList<>(whole);
        Collections.swap(moved, i, i + 1);
        assertDamaged(moved, "moved line " + (i + 1));
      }
    }
  }

  private void assertDamaged(List<String> lines, String what) throws IOException {
    Files.writeString(file, String.join("\n", lines) + "\n");
    assertThat(LoadJournal.read(file).isWhole()).as(what).isFalse();
  }

  @Test
  void aDamagedLineIsNamedAndNothingAfterItIsTrusted() throws IOException {
    writeWhole();
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(3, lines.get(3).replace("injected", "imagined"));
    Files.writeString(file, String.join("\n", lines) + "\n");

    LoadJournal journal = LoadJournal.read(file);

    assertThat(journal.problems())
        .containsExactly(new JournalProblem(Kind.DAMAGED, 4, "the checksum does not fit"));
    assertThat(journal.attempts()).containsExactly(FIRST, SECOND);
    assertThat(journal.outcomes()).isEmpty();
  }

  @Test
  void linesThatContradictEachOtherAreNoticed() throws IOException {
    LoadJournal journal =
        write(SECOND, BOOKED, BOOKED, new Outcome(7, 1, Result.FAILED, null, 0, "x"), END);

    assertThat(journal.problems())
        .extracting(JournalProblem::kind)
        .containsOnly(Kind.CONTRADICTION);
    assertThat(journal.problems())
        .extracting(JournalProblem::text)
        .containsExactly(
            "attempt 0 is missing",
            "a second outcome of attempt 0",
            "an outcome of attempt 7, never begun",
            "the end line counts 2 attempts and 2 outcomes, found 1 and 1");
  }

  @Test
  void aFileWithoutAHeaderIsRefused() throws IOException {
    Files.writeString(file, "hello\n");

    assertThatThrownBy(() -> LoadJournal.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a load journal");
  }

  @Test
  void ofSeveralMarksWithOneNameTheFirstCounts() throws IOException {
    assertThat(write(MARK, new Mark(99, "injected")).mark("injected")).contains(15L);
  }
}
