package dev.drillmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class ExitCodeTest {

  @ParameterizedTest
  @CsvSource({
    "PASSED,       COMPLETED,   0",
    "PASSED,       STOPPED,     3",
    "PASSED,       REFUSED,     4",
    "PASSED,       HANDED_OVER, 2",
    "INCONCLUSIVE, COMPLETED,   2",
    "INCONCLUSIVE, STOPPED,     3",
    "INCONCLUSIVE, REFUSED,     4",
    "INCONCLUSIVE, HANDED_OVER, 2",
    "FAILED,       COMPLETED,   1",
    "FAILED,       STOPPED,     1",
    "FAILED,       REFUSED,     4",
    "FAILED,       HANDED_OVER, 1"
  })
  void everyEndHasItsCode(Verdict verdict, Outcome outcome, int code) {
    assertThat(ExitCode.of(verdict, outcome)).isEqualTo(code);
  }
}
