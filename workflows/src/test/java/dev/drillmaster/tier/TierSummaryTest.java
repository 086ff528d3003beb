package dev.drillmaster.tier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
final class TierSummaryTest {

  @Test
  void thereIsOneLineForEachTierOneForEachReasonAndTheSum() {
    String missing = "missing: temporal; to install it: go install";
    TierSummary summary =
        TierSummary.of(
            List.of(
                new ClassResult("A", "pure", 130, 1, 0, 31_600, List.of()),
                new ClassResult("B", "pure", 3, 0, 0, 300, List.of()),
                new ClassResult("C", "server", 0, 0, 2, 5, List.of(missing)),
                new ClassResult("D", "server", 0, 0, 1, 5, List.of(missing))));
    assertThat(summary.lines())
        .containsExactly(
            "tier pure     134 tests    0 skipped    32 s",
            "tier lab        0 tests    0 skipped     0 s",
            "tier server     0 tests    3 skipped     0 s",
            "  skipped, missing: temporal; to install it: go install",
            "tier host       0 tests    0 skipped     0 s",
            "133 passed, 1 failed, 3 skipped");
  }

  @Test
  void theCoverageIsThatOfAllRows() {
    List<String> rows =
        List.of(
            "GROUP,PACKAGE,CLASS,INSTRUCTION_MISSED,LINE_MISSED,LINE_COVERED",
            "all/workflows,a,A,7,10,90",
            "all/worker,b,B,7,0,900");
    assertThat(TierSummary.coverage(rows, "worker/index.html"))
        .isEqualTo("coverage: 99.0 % of 1000 lines (worker/index.html)");
  }
}
