package dev.drillmaster.cli;

import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.Roles;
import dev.drillmaster.program.RunHandle;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches one run and prints what changes, until it is over. */
final class Watching {

  private static final Logger LOG = LoggerFactory.getLogger(Watching.class);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final RunHandle run;
  private final ProgressText text;
  private final PrintWriter words;
  private ProgressText.@Nullable Look last;

  Watching(RunHandle run, DrillPlan plan, Roles roles, PrintWriter words) {
    this.run = run;
    this.text = new ProgressText(plan, roles, Instant.now(), ZoneId.systemDefault());
    this.words = words;
  }

  DrillReport untilEnd() {
    while (true) {
      // Waiting for the end is also the pause between two looks.
      Optional<DrillReport> report = run.await(LOOK);
      look();
      if (report.isPresent()) {
        return report.get();
      }
    }
  }

  private void look() {
    try {
      ProgressText.Look now = new ProgressText.Look(run.status(), null, Instant.now());
      text.lines(last, now).forEach(words::println);
      words.flush();
      last = now;
    } catch (RuntimeException noAnswer) {
      // The run goes on whether or not it can be watched; its end is waited for all the same.
      LOG.debug("the run did not answer", noAnswer);
    }
  }

  /** Asks the run to stop. */
  void stop() {
    words.println("stopping: healing every fault and rolling back ...");
    words.flush();
    run.emergencyStop();
  }
}
