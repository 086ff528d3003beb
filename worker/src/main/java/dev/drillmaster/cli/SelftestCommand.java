package dev.drillmaster.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.drillmaster.home.Home;
import dev.drillmaster.injector.RefusedException;
import dev.drillmaster.program.DrillProgram;
import dev.drillmaster.program.HomeInUse;
import dev.drillmaster.selftest.Selftest;
import dev.drillmaster.selftest.SelftestReport;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tests what measures. */
@Command(
    name = "selftest",
    description = {
      "Tests the instrument on the lab: what is known beforehand must be measured.",
      "Rows are deleted, a load is killed, a journal cannot be written: each must be noticed.",
      "Nothing is injected. Takes about a minute; starts the lab if it is down."
    },
    footer = {
      "",
      "Exit codes: 0 all checks that could be made hold, 1 one does not, 4 refused, 64 wrong usage,"
          + " 70 trouble of our own."
    },
    mixinStandardHelpOptions = true)
final class SelftestCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Prints the result as one JSON object.")
  private boolean json;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description = "Repeats a selftest: chooses the rows that are deleted and left out.")
  private @Nullable Long seed;

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    Home home = Main.madeHome(spec);
    // With --json, standard output is for the one object.
    PrintWriter words = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
    try {
      Selftest.refuseOpenInjections(home);
      return run(home, words);
    } catch (HomeInUse | RefusedException refused) {
      spec.commandLine().getErr().println("drillmaster: refused: " + refused.getMessage());
      return ExitCode.REFUSED;
    }
  }

  private int run(Home home, PrintWriter words)
      throws IOException, SQLException, InterruptedException {
    try (DrillProgram program = DrillProgram.open(home, "embedded", line -> say(words, line))) {
      long chosen = seed == null ? new SecureRandom().nextInt(Integer.MAX_VALUE) : seed;
      Selftest selftest = new Selftest(program, home, chosen);
      SelftestReport report = selftest.run(check -> say(words, SelftestText.of(check)));
      say(words, SelftestText.end(report));
      if (json) {
        spec.commandLine().getOut().println(text(report));
        spec.commandLine().getOut().flush();
      }
      return report.passed() ? ExitCode.PASSED : ExitCode.FAILED;
    }
  }

  private static String text(SelftestReport report) {
    try {
      return Wire.json().writerWithDefaultPrettyPrinter().writeValueAsString(report);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a report cannot be written as JSON", impossible);
    }
  }

  private static void say(PrintWriter words, String line) {
    words.println(line);
    words.flush();
  }
}
