package dev.drillmaster.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.measure.JournalBuilder;
import dev.drillmaster.measure.JournalLine.End;
import dev.drillmaster.measure.JournalWriter;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a mark when there is no load process to stamp it. */
@Tag("pure")
final class MarksTest {

  @TempDir private Path directory;

  @Test
  void aRunWithoutALoadLosesNoMark() {
    assertThat(new Marks(directory).stamp(Marks.FENCED)).isTrue();
  }

  @Test
  void aLoadThatDiedLosesTheMark() throws IOException {
    journal().close();

    assertThat(new Marks(directory).stamp(Marks.FENCED)).isFalse();
    assertThat(new Marks(directory).loadRuns()).isFalse();
  }

  @Test
  void aLoadThatWasStoppedInOrderNeedsNoMarkAnyMore() throws IOException {
    try (JournalWriter journal = journal()) {
      journal.append(new End(5, 0, 0));
    }

    assertThat(new Marks(directory).stamp(Marks.FENCED)).isTrue();
  }

  private JournalWriter journal() throws IOException {
    return JournalWriter.create(new Marks(directory).journal(), JournalBuilder.header());
  }
}
