package dev.drillmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

@Tag("pure")
class PlansCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void everyPlanThatShipsIsListed() {
    assertThat(run("plans", "list")).isZero();
    assertThat(out.toString()).contains("postgres-failover ").contains("postgres-failover-frozen");
  }

  @Test
  void showSaysHowLongAFaultCanOutliveEverything() {
    assertThat(run("plans", "show", "postgres-failover")).isZero();
    assertThat(out.toString())
        .contains("outlives everything by at most 26s")
        .contains("3.2  fence the primary");
  }

  @Test
  void anUnknownPlanIsAnErrorThatNamesTheKnownOnes() {
    assertThat(run("plans", "show", "nothing")).isEqualTo(64);
    assertThat(err.toString())
        .contains("there is no plan \"nothing\"; there are: postgres-failover");
  }

  @Test
  void wrongUsageIsExplained() {
    assertThat(run("fly")).isEqualTo(64);
    assertThat(err.toString()).contains("fly").contains("Usage: drillmaster");
  }

  private int run(String... words) {
    CommandLine line = Main.commandLine(Map.of());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return Main.execute(line, words);
  }
}
