package dev.drillmaster.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.drillmaster.home.Home;
import dev.drillmaster.ledger.ClosedRun;
import dev.drillmaster.ledger.RunFigures;
import dev.drillmaster.report.ReportFiles;
import dev.drillmaster.report.RunPage;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The report of a run that is over. */
@Command(
    name = "report",
    description = {
      "Writes the report of a run as one HTML file that needs nothing else, and prints where it is.",
      "Reads the ledger alone: whatever became of Temporal, the report is there."
    },
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

  private static final int NAMED = 5;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "the run's name; the newest run that is over if there is none")
  private @Nullable String run;

  @Option(names = "--open", description = "Opens the report in a browser.")
  private boolean open;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write it; RUN.html in the home's directory \"reports\" if absent.")
  private @Nullable Path out;

  @Option(
      names = "--json",
      description = "Prints the report as the ledger keeps it, and writes no file.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (json && (open || out != null)) {
      throw new ParameterException(
          spec.commandLine(), "--json writes no file: leave out --open and --out");
    }
    Home home = Main.home(spec);
    if (!KeptRuns.exist(home)) {
      return refused(KeptRuns.none(home), ExitCode.USAGE);
    }
    try (KeptRuns ledger = KeptRuns.open(home)) {
      Optional<ClosedRun> found =
          run == null ? ledger.closed().newest() : ledger.closed().named(run);
      return found.isEmpty() ? absent(ledger.closed().figures()) : show(found.get(), home);
    }
  }

  private int show(ClosedRun found, Home home) throws IOException, InterruptedException {
    PrintWriter words = spec.commandLine().getOut();
    if (json) {
      words.println(pretty(found.report()));
      words.flush();
      return ExitCode.PASSED;
    }
    Path file = write(found, home).toAbsolutePath().normalize();
    words.println(file.toUri());
    words.flush();
    if (open) {
      Browser.OF_THE_DESKTOP.open(file, spec.commandLine().getErr());
    }
    return ExitCode.PASSED;
  }

  private Path write(ClosedRun found, Home home) throws IOException {
    ZoneId zone = ZoneId.systemDefault();
    if (out == null) {
      return new ReportFiles(home.reports(), zone).write(found);
    }
    if (Files.isDirectory(out)) {
      throw new ParameterException(
          spec.commandLine(), out + " is a directory: --out names the file to write");
    }
    ReportFiles.write(out, RunPage.of(found, zone));
    return out;
  }

  private static String pretty(String stored) throws JsonProcessingException {
    return Wire.json()
        .writerWithDefaultPrettyPrinter()
        .writeValueAsString(Wire.json().readTree(stored));
  }

  private int absent(List<RunFigures> runs) {
    if (runs.stream().anyMatch(each -> run == null || each.run().equals(run))) {
      String which = run == null ? "the only run" : run;
      return refused(
          "drillmaster: " + which + " goes on; its report is there when it is over",
          ExitCode.UNAVAILABLE);
    }
    String newest =
        runs.stream().limit(NAMED).map(RunFigures::run).collect(Collectors.joining(", "));
    return refused(
        "drillmaster: "
            + (runs.isEmpty()
                ? "the ledger has no run"
                : "the ledger has no run \"" + run + "\"; the newest are: " + newest),
        ExitCode.USAGE);
  }

  private int refused(String why, int code) {
    spec.commandLine().getErr().println(PlainText.oneLine(why));
    spec.commandLine().getErr().flush();
    return code;
  }
}
