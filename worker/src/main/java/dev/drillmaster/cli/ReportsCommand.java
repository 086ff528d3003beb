package dev.drillmaster.cli;

import dev.drillmaster.home.Home;
import dev.drillmaster.report.ReportFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** All runs of the ledger on one page. */
@Command(
    name = "reports",
    description = {
      "Writes a page of all runs with the trend of RTO and RPO per plan, and prints where it is.",
      "Writes the report of each run beside it, unless it is there already."
    },
    mixinStandardHelpOptions = true)
final class ReportsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--open", description = "Opens the page in a browser.")
  private boolean open;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The directory to write to; the home's directory \"reports\" if absent.")
  private @Nullable Path out;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Home home = Main.home(spec);
    if (!KeptRuns.exist(home)) {
      spec.commandLine().getErr().println(KeptRuns.none(home));
      return ExitCode.USAGE;
    }
    ReportFiles files = new ReportFiles(out == null ? home.reports() : out, ZoneId.systemDefault());
    Path index;
    try (KeptRuns ledger = KeptRuns.open(home)) {
      index = files.writeAll(ledger.closed()).toAbsolutePath().normalize();
    }
    spec.commandLine().getOut().println(index.toUri());
    spec.commandLine().getOut().flush();
    if (open) {
      Browser.OF_THE_DESKTOP.open(index, spec.commandLine().getErr());
    }
    return ExitCode.PASSED;
  }
}
