package dev.drillmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class PlainTextTest {

  @Test
  void whatComesFromOutsideCannotMoveTheCursorOrMakeALine() {
    assertThat(PlainText.oneLine(" up\r\n\tor \u001b[2J down \u202e \u0085 é "))
        .isEqualTo("up or ?[2J down ? ? é");
  }

  @Test
  void longTextIsWrappedUnderItsBeginning() {
    String text = "one two three four five six seven eight nine ten eleven twelve thirteen";

    assertThat(PlainText.wrapped("  3.1  promote: ", text))
        .containsExactly(
            "  3.1  promote: one two three four five six seven eight nine ten eleven twelve",
            "                thirteen");
  }

  @Test
  void aLineMayBeExactlyFull() {
    assertThat(PlainText.wrapped("ab", "x".repeat(78))).containsExactly("ab" + "x".repeat(78));
    assertThat(PlainText.wrapped("ab", "x".repeat(78) + " y"))
        .containsExactly("ab" + "x".repeat(78), "  y");
  }

  @Test
  void aWordThatIsLongerThanALineIsCut() {
    assertThat(PlainText.wrapped("", "a " + "x".repeat(100)))
        .containsExactly("a", "x".repeat(80), "x".repeat(20));
  }

  @Test
  void aTieKeepsWordsTogether() {
    String tied = "(at" + PlainText.TIE + "most" + PlainText.TIE + "10s)";

    assertThat(PlainText.wrapped("", "x".repeat(75) + " " + tied))
        .containsExactly("x".repeat(75), "(at most 10s)");
  }

  @Test
  void nothingIsALineWithItsLabel() {
    assertThat(PlainText.wrapped("seen: ", "")).containsExactly("seen:");
  }
}
