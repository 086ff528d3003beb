package dev.drillmaster.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class FiguresTest {

  @ParameterizedTest
  @CsvSource({
    "1,   1,  1,   1",
    "2,   1,  2,   2",
    "3,   2,  3,   3",
    "19, 10, 19,  19",
    "20, 10, 19,  20",
    "21, 11, 20,  21",
    "40, 20, 38,  40",
    "99, 50, 95,  99",
    "100, 50, 95, 100"
  })
  void percentilesAreMeasuredValuesAtTheNearestRank(long n, long p50, long p95, long worst) {
    List<CampaignRun> runs =
        new ArrayList<>(LongStream.rangeClosed(1, n).mapToObj(FiguresTest::back).toList());
    Collections.shuffle(runs, new Random(7));

    Figures figures = Figures.of(runs);

    assertThat(figures.rtoP50Millis()).isEqualTo(p50);
    assertThat(figures.rtoP95Millis()).isEqualTo(p95);
    assertThat(figures.rtoWorstMillis()).isEqualTo(worst);
    assertThat(figures.rtoErrorWorstMillis()).isEqualTo(worst * 2);
    assertThat(figures.rpoWorstTransactions()).isEqualTo(worst * 3);
    assertThat(figures.rpoWorstSeconds()).isEqualTo(worst * 4.0);
    assertThat(figures.rpoWorstBytes()).isEqualTo(worst * 5);
  }

  @Test
  void aServiceThatNeverCameBackIsWorseThanAnyNumber() {
    Figures figures =
        Figures.of(List.of(run(null), back(7), back(8), run(null), back(9), back(10)));

    assertThat(figures.measured()).isEqualTo(6);
    assertThat(figures.rtoP50Millis()).isEqualTo(9);
    assertThat(figures.rtoP95Millis()).isNull();
    assertThat(figures.rtoWorstMillis()).isNull();
  }

  @Test
  void runsThatMeasuredNothingAreCountedAndNotGuessed() {
    CampaignRun without = CampaignRun.withoutReport(2, "b", "plan", "gone");

    Figures some = Figures.of(List.of(back(5), without));
    Figures none = Figures.of(List.of(without));

    assertThat(some.runs()).isEqualTo(2);
    assertThat(some.measured()).isEqualTo(1);
    assertThat(some.expected()).isEqualTo(1);
    assertThat(some.rtoWorstMillis()).isEqualTo(5);
    assertThat(none.measured()).isZero();
    assertThat(none.rtoWorstMillis()).isNull();
    assertThat(none.rpoWorstTransactions()).isNull();
  }

  private static CampaignRun back(long millis) {
    return run(millis);
  }

  private static CampaignRun run(@Nullable Long millis) {
    long figure = millis == null ? 0 : millis;
    return new CampaignRun(
        1,
        "run",
        "plan",
        Verdict.PASSED,
        Outcome.COMPLETED,
        true,
        "",
        List.of(),
        new DrillReport.Rto(millis, figure * 2, null),
        new DrillReport.Rpo(figure * 3, figure * 4.0, figure * 5, null),
        null);
  }
}
