package dev.drillmaster.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

@Tag("pure")
final class TierTest {

  @Test
  void whatIsMissingIsASkipHereAndAFailureOnCi() {
    assertThatThrownBy(() -> Tier.need(false, false, "stress-ng", "apt-get install stress-ng"))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("missing: stress-ng")
        .hasMessageContaining("apt-get install stress-ng");
    assertThatThrownBy(() -> Tier.need(true, false, "stress-ng", "apt-get install stress-ng"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("apt-get install stress-ng");
  }

  @Test
  void whatIsThereIsNoneOfBoth() {
    assertThatCode(() -> Tier.need(false, true, "x", "y")).doesNotThrowAnyException();
    assertThatCode(() -> Tier.need(true, true, "x", "y")).doesNotThrowAnyException();
  }

  @Test
  void aProgramIsFoundOnThePathAndElseInTheLastFolder(@TempDir Path directory) throws Exception {
    Path first = Files.createDirectories(directory.resolve("first"));
    Path last = Files.createDirectories(directory.resolve("last"));
    String path = "::" + directory.resolve("none") + ":" + first;
    assertThat(Tier.find("program", path, last)).isEmpty();

    Path inLast = program(last);
    assertThat(Tier.find("program", path, last)).contains(inLast);

    Path inFirst = program(first);
    assertThat(Tier.find("program", path, last)).contains(inFirst);

    assertThat(inFirst.toFile().setExecutable(false)).isTrue();
    assertThat(Tier.find("program", path, last)).contains(inLast);
  }

  private static Path program(Path folder) throws Exception {
    Path program = Files.writeString(folder.resolve("program"), "#!/bin/sh\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }
}
