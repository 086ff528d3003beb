package dev.drillmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Tag("pure")
class MainTest {

  private final StringWriter err = new StringWriter();

  @Test
  void anErrorIsOneLine() {
    assertThat(run(Map.of(), () -> fail(), "break")).isEqualTo(70);
    assertThat(err).hasToString("drillmaster: it broke; use --debug to see where it comes from\n");
  }

  @Test
  void debugShowsWhereItComesFromBeforeAndAfterTheCommand() {
    assertThat(run(Map.of(), () -> fail(), "break", "--debug")).isEqualTo(70);
    assertThat(err.toString()).startsWith("drillmaster: it broke; ").contains("at dev.drillmaster");

    err.getBuffer().setLength(0);
    run(Map.of(), () -> fail(), "--debug", "break");
    assertThat(err.toString()).contains("at dev.drillmaster");
  }

  @Test
  void theEnvironmentShowsItToo() {
    run(Map.of("DRILLMASTER_DEBUG", "1"), () -> fail(), "break");
    assertThat(err.toString()).contains("at dev.drillmaster");

    err.getBuffer().setLength(0);
    run(Map.of("DRILLMASTER_DEBUG", "0"), () -> fail(), "break");
    assertThat(err.toString()).doesNotContain("at dev.drillmaster");
  }

  @Test
  void anErrorOfTheMachineIsNotTakenForADrillThatFailed() {
    assertThat(
            run(
                Map.of(),
                () -> {
                  throw new NoClassDefFoundError("x");
                },
                "break"))
        .isEqualTo(70);
    assertThat(err.toString()).startsWith("drillmaster: x; this is a mistake in Drillmaster");
  }

  private static int fail() throws IOException {
    throw new IOException("it broke");
  }

  private int run(Map<String, String> environment, Callable<Integer> action, String... words) {
    CommandLine line = Main.commandLine(environment);
    line.addSubcommand(new Breaking(action));
    line.setErr(new PrintWriter(err, true));
    return Main.execute(line, words);
  }

  /** A command that does what a test wants. */
  @Command(name = "break")
  private static final class Breaking implements Callable<Integer> {

    private final Callable<Integer> action;

    Breaking(Callable<Integer> action) {
      this.action = action;
    }

    @Override
    public Integer call() throws Exception {
      return action.call();
    }
  }
}
