package dev.drillmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.cli.ProgressText.Look;
import dev.drillmaster.drill.Roles;
import dev.drillmaster.plan.PlanFiles;
import dev.drillmaster.terminal.FakeTerminal;
import dev.drillmaster.terminal.Glyphs;
import dev.drillmaster.terminal.LiveScreen;
import dev.drillmaster.terminal.TerminalSize;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class LiveDisplayTest {

  private static final Look NOW =
      new Look(
          SampleRuns.running("2", "send 100 transactions a second", 1),
          SampleRuns.load(100, 0),
          Map.of(),
          SampleRuns.at(900));

  private final StringWriter written = new StringWriter();
  private final PrintWriter words = new PrintWriter(written);

  private Display display(IntSupplier columns) {
    Glyphs glyphs = Glyphs.in(StandardCharsets.UTF_8);
    LiveBlock block =
        new LiveBlock(
            PlanFiles.shipped("postgres-failover"),
            new Roles("db1", "db2"),
            SampleRuns.STARTED_AT,
            glyphs,
            columns);
    LiveScreen screen =
        new LiveScreen(words, () -> new TerminalSize(80, 24), glyphs, ProgressLines.INDENT);
    return new LiveDisplay(screen, block, new PlainDisplay(words));
  }

  private FakeTerminal seen() {
    FakeTerminal terminal = new FakeTerminal(80);
    terminal.write(written.toString());
    return terminal;
  }

  @Test
  void linesScrollAboveTheBlockAndStayWhenItIsGone() {
    Display display = display(() -> 79);
    display.show(List.of("one"), NOW);
    display.say("stopping ...");
    assertThat(seen().lines()).startsWith("one", "stopping ...").hasSizeGreaterThan(5);
    display.show(List.of("two"), NOW);
    display.close();

    assertThat(seen().lines()).containsExactly("one", "stopping ...", "two", "");
    assertThat(seen().showsCursor()).isTrue();
  }

  @Test
  void aPictureThatFailsLeavesPlainLines() {
    Display display =
        display(
            () -> {
              throw new IllegalStateException("no picture");
            });
    display.show(List.of("one"), NOW);
    display.show(List.of("two"), NOW);
    display.say("stopping ...");
    display.close();

    assertThat(seen().lines()).containsExactly("one", "two", "stopping ...", "");
    assertThat(seen().showsCursor()).isTrue();
  }
}
