package dev.drillmaster.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.cli.SampleRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class ReportFilesTest {

  private static final UUID ID = UUID.fromString("3f1c8a52-6d0e-4b7a-9c55-0e8d2f7b4a11");

  @TempDir private Path directory;

  @Test
  void aReportIsNamedAsItsRun() {
    assertThat(files().of("drill-a-20261004.1", ID))
        .isEqualTo(directory.resolve("drill-a-20261004.1.html"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../../etc/cron", "/etc/x", "a/b", "", ".hidden", "index", "a b", "ä", "a\n"})
  void aNameThatIsNotFitForAFileIsNotUsed(String run) {
    assertThat(files().of(run, ID)).isEqualTo(directory.resolve("run-" + ID + ".html"));
  }

  @Test
  void theDirectoryIsMadeAndWhatWasThereIsReplaced() throws IOException {
    ReportFiles files = new ReportFiles(directory.resolve("a/b"), ZoneOffset.UTC);
    Path first = files.write(SampleReports.kept(SampleRuns.passed()));
    Files.writeString(first, "old");

    files.write(SampleReports.kept(SampleRuns.passed()));

    assertThat(first).content().startsWith("<!doctype html>").contains("PASSED");
    assertThat(first.getParent()).isDirectoryNotContaining("glob:.report*");
  }

  private ReportFiles files() {
    return new ReportFiles(directory, ZoneOffset.UTC);
  }
}
