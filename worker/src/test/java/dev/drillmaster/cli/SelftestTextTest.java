package dev.drillmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.selftest.Check;
import dev.drillmaster.selftest.Check.Result;
import dev.drillmaster.selftest.SelftestReport;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class SelftestTextTest {

  private static final Check HELD =
      new Check("a", "nothing is lost", Result.HELD, "0 lost", "0 lost");
  private static final Check BROKEN =
      new Check("b", "the count is right", Result.BROKEN, "3 lost", "2 lost");
  private static final Check LEFT =
      new Check("c", "the clock may jump", Result.NOT_EXERCISED, "no outage", "no libfaketime");

  @Test
  void aCheckSaysWhatWasExpectedAndWhatWasMeasured() {
    assertThat(SelftestText.of(HELD) + "\n")
        .isEqualTo(
            """
              ok      nothing is lost
                      expected: 0 lost
                      measured: 0 lost
            """);
    assertThat(SelftestText.of(BROKEN)).startsWith("  BROKEN  the count is right\n");
  }

  @Test
  void whatCouldNotBeMadeIsNotSaidToHold() {
    assertThat(SelftestText.of(LEFT))
        .startsWith("  -       the clock may jump\n")
        .endsWith("not exercised: no libfaketime");
  }

  @Test
  void theEndCountsAllThreeAndNamesTheSeed() {
    assertThat(SelftestText.end(new SelftestReport(42, List.of(HELD, LEFT))))
        .endsWith("PASSED: of 2 checks 1 hold, 0 do not, 1 could not be made here; seed 42");
    assertThat(SelftestText.end(new SelftestReport(42, List.of(HELD, BROKEN))))
        .contains("FAILED: of 2 checks 1 hold, 1 do not");
  }
}
