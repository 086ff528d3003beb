package dev.drillmaster.cli;

import com.zaxxer.hikari.HikariDataSource;
import dev.drillmaster.database.LedgerDatabase;
import dev.drillmaster.guard.SystemLimits;
import dev.drillmaster.home.Home;
import dev.drillmaster.program.LimitsOfAll;
import dev.drillmaster.wire.DurationText;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows and changes what holds for all runs. */
@Command(
    name = "limits",
    description = {
      "Shows the limits that hold for all runs; with options, changes them.",
      "Nobody who was admitted already loses his permit; who changed them and why is recorded."
    },
    mixinStandardHelpOptions = true)
final class LimitsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--max-runs",
      paramLabel = "N",
      description = "How many runs may go on at the same time; 0 for none.")
  private @Nullable Integer maxRuns;

  @Option(
      names = "--max-duration",
      paramLabel = "DURATION",
      description = "The longest that a plan may take, rollback not counted; such as 30m.")
  private @Nullable String maxDuration;

  @Option(
      names = "--production",
      paramLabel = "true|false",
      arity = "1",
      description = "Whether plans for the environment production may run.")
  private @Nullable Boolean production;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why they are changed.")
  private @Nullable String reason;

  @Override
  public Integer call() throws IOException, InterruptedException {
    boolean changes = maxRuns != null || maxDuration != null || production != null;
    String why = changes ? Options.reason(spec, reason) : "";
    Home home = Main.madeHome(spec);
    LedgerDatabase database = LedgerDatabase.of(home);
    database.start();
    try (HikariDataSource writer = database.writer()) {
      LimitsOfAll limits = new LimitsOfAll(writer);
      if (changes) {
        limits.change(changed(limits.now()), System.getProperty("user.name", "unknown"), why);
      }
      show(limits.now());
    }
    return ExitCode.PASSED;
  }

  private SystemLimits changed(SystemLimits now) {
    if (maxRuns != null && maxRuns < 0) {
      throw new ParameterException(spec.commandLine(), "--max-runs takes a number from 0");
    }
    return new SystemLimits(
        maxRuns == null ? now.maxConcurrentRuns() : maxRuns,
        maxDuration == null ? now.maxDuration() : duration(maxDuration),
        production == null ? now.productionAllowed() : production);
  }

  private Duration duration(String value) {
    Duration duration = Options.duration(spec, "--max-duration", value);
    if (duration.isZero()) {
      throw new ParameterException(spec.commandLine(), "--max-duration must be more than 0");
    }
    return duration;
  }

  private void show(SystemLimits limits) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("runs at the same time: at most " + limits.maxConcurrentRuns());
    out.println("a plan may take: at most " + DurationText.format(limits.maxDuration()));
    out.println("production: " + (limits.productionAllowed() ? "allowed" : "not allowed"));
    out.flush();
  }
}
