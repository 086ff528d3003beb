package dev.drillmaster.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class LiveScreenTest {

  private static final Glyphs GLYPHS = Glyphs.in(StandardCharsets.US_ASCII);

  private final StringWriter written = new StringWriter();
  private final FakeTerminal terminal = new FakeTerminal(40);
  private TerminalSize size = new TerminalSize(40, 10);
  private final LiveScreen screen = new LiveScreen(new PrintWriter(written), () -> size, GLYPHS, 4);

  private void draw(List<String> above, String... block) {
    screen.draw(above, List.of(block).stream().map(text -> new StyledLine().add(text)).toList());
    arrive();
  }

  private void arrive() {
    terminal.write(written.toString());
    written.getBuffer().setLength(0);
  }

  @Test
  void theBlockIsDrawnInPlaceBelowLinesThatStay() {
    draw(List.of("first"), "one", "two longer");
    draw(List.of(), "one", "two");
    draw(List.of("second"), "1", "2", "3");

    assertThat(terminal.lines()).containsExactly("first", "second", "1", "2", "3", "");
    assertThat(terminal.showsCursor()).isFalse();
  }

  @Test
  void aBlockThatGotSmallerLeavesNothingBehind() {
    draw(List.of(), "one", "two", "three");
    draw(List.of("line"), "one");

    assertThat(terminal.lines()).containsExactly("line", "one", "");
  }

  @Test
  void nothingIsWiderThanTheTerminal() {
    draw(List.of("a ".repeat(30)), "x".repeat(100));
    draw(List.of("b ".repeat(30)), "y".repeat(39), "z".repeat(40));

    assertThat(terminal.wrapped()).isZero();
    assertThat(terminal.lines()).contains("y".repeat(39), "z".repeat(38) + ">");
  }

  @Test
  void aBlockThatIsHigherThanTheTerminalIsCut() {
    size = new TerminalSize(40, 3);
    draw(List.of(), "1", "2", "3", "4");
    draw(List.of(), "1", "2", "3", "4");

    assertThat(terminal.lines()).containsExactly("1", "2", "");
  }

  @Test
  void afterTheTerminalWasMadeNarrowerTheFoldedBlockIsDrawnOver() {
    size = new TerminalSize(80, 24);
    FakeTerminal reflowed = new FakeTerminal(40);
    draw(List.of(), "x".repeat(70), "y");
    // As a terminal that reflows shows it then.
    reflowed.write("x".repeat(40) + "\n" + "x".repeat(30) + "\ny\n");
    size = new TerminalSize(40, 24);
    screen.draw(List.of(), List.of(new StyledLine().add("z")));
    reflowed.write(written.toString());

    assertThat(reflowed.lines()).containsExactly("z", "");
  }

  @Test
  void closedItLeavesTheTerminalAsItWas() {
    draw(List.of("line"), "one", "two");
    screen.close();
    screen.close();
    arrive();

    assertThat(terminal.lines()).containsExactly("line", "");
    assertThat(terminal.showsCursor()).isTrue();
    draw(List.of("later"), "one");
    assertThat(terminal.lines()).containsExactly("line", "later", "");
  }

  @Test
  void aSizeThatIsNoneIsTheCommonOne() {
    assertThat(TerminalSize.parse("50 132\n")).isEqualTo(new TerminalSize(132, 50));
    assertThat(TerminalSize.parse("0 0\n")).isEqualTo(new TerminalSize(80, 24));
    assertThat(TerminalSize.parse("unknown\n")).isEqualTo(new TerminalSize(80, 24));
    assertThat(TerminalSize.parse("")).isEqualTo(new TerminalSize(80, 24));
    assertThat(new TerminalSize(3, 1)).isEqualTo(new TerminalSize(20, 2));
  }

  @Test
  void aBarIsEmptyOrFullOnlyIfItIs() {
    Glyphs blocks = Glyphs.in(StandardCharsets.UTF_8);

    assertThat(blocks.bar(0)).isEqualTo("\u2581");
    assertThat(blocks.bar(0.001)).isEqualTo("\u2582");
    assertThat(blocks.bar(0.999)).isEqualTo("\u2587");
    assertThat(blocks.bar(1)).isEqualTo("\u2588");
    assertThat(GLYPHS.bar(0.5)).isEqualTo(":");
  }
}
