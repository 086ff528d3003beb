package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The real program on a real pseudo-terminal, which script(1) of util-linux makes. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TerminalProgramTest {

  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";

  private static final int CONTROL_C = 3;

  private final DrilledHome drilled;

  TerminalProgramTest(@TempDir Path directory) throws IOException {
    this.drilled = new DrilledHome(directory);
  }

  @BeforeAll
  static void scriptIsInstalled() {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/script")),
        "script is not installed (Debian: apt-get install util-linux bsdutils)");
  }

  @AfterAll
  void down() throws Exception {
    drilled.close();
  }

  @Test
  @Tag("full")
  void aRunIsDrawnInPlaceAndTheTerminalIsLeftAsItWas() throws Exception {
    DrilledHome.Started program =
        drilled.startOnATerminal(80, List.of("TERM=xterm"), "run", "postgres-failover");

    assertThat(program.end()).as(program.said()).isZero();
    String said = program.said();
    String afterTheBlock = said.substring(said.lastIndexOf(SHOW_CURSOR));
    assertThat(said).containsOnlyOnce(HIDE_CURSOR);
    assertThat(said).contains("traffic").contains("OUT ").contains("lease ").contains("over in ");
    assertThat(afterTheBlock)
        .contains("PASSED, completed")
        .contains("RTO       met: ")
        .doesNotContain(HIDE_CURSOR);
  }

  @Test
  @Tag("full")
  void withNoColorALineIsALine() throws Exception {
    DrilledHome.Started program =
        drilled.startOnATerminal(
            40, List.of("TERM=xterm", "NO_COLOR=1"), "run", "postgres-failover");

    assertThat(program.end()).as(program.said()).isZero();
    assertThat(program.said()).doesNotContain("\u001b").contains("PASSED, completed");
  }

  @Test
  @Tag("full")
  void controlCShowsTheCursorAgain() throws Exception {
    int before = drilled.injections().size();
    DrilledHome.Started program =
        drilled.startOnATerminal(40, List.of("TERM=xterm"), "run", "postgres-failover-frozen");
    assertThat(DrilledHome.await(() -> drilled.injections().size() > before)).isTrue();

    // As the terminal does when its user presses it.
    program.process().getOutputStream().write(CONTROL_C);
    program.process().getOutputStream().flush();

    assertThat(program.end()).as(program.said()).isEqualTo(3);
    String said = program.said();
    assertThat(said.lastIndexOf(SHOW_CURSOR)).isGreaterThan(said.lastIndexOf(HIDE_CURSOR));
    assertThat(said).contains("INCONCLUSIVE, stopped");
    assertThat(drilled.journal().open()).isEmpty();
  }
}
