package dev.drillmaster.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class FoldingTest {

  private static final String LINE =
      "  12.5s  3.1    met      notice the outage: the database did not answer 3 times in a row";

  @Test
  void whatFitsStaysAsItIs() {
    assertThat(Folding.fold(LINE, 120, 16)).containsExactly(LINE);
    assertThat(Folding.fold("", 20, 16)).containsExactly("");
  }

  @Test
  void whatIsTooLongGoesOnBelowItsText() {
    assertThat(Folding.fold(LINE, 79, 16))
        .containsExactly(
            "  12.5s  3.1    met      notice the outage: the database did not answer 3 times",
            "                in a row");
  }

  @Test
  void fortyColumnsAreEnough() {
    assertThat(Folding.fold(LINE, 39, 16))
        .containsExactly(
            "  12.5s  3.1    met      notice the",
            "                outage: the database",
            "                did not answer 3 times",
            "                in a row")
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(40));
  }

  @Test
  void whereTheIndentLeavesNoRoomItIsSmall() {
    assertThat(Folding.fold(LINE, 24, 16).get(1)).startsWith("  ").doesNotStartWith("   ");
  }

  @Test
  void aWordThatIsLongerThanALineIsCut() {
    assertThat(Folding.fold("x".repeat(50), 20, 2))
        .containsExactly("x".repeat(20), "  " + "x".repeat(18), "  " + "x".repeat(12));
  }

  @Test
  void wideCharactersAreCountedTwice() {
    assertThat(Folding.fold("\u6f14".repeat(15), 20, 2)).hasSize(2);
  }
}
