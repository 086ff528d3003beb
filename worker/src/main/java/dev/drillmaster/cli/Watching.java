package dev.drillmaster.cli;

import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.DrillStatus;
import dev.drillmaster.drill.Roles;
import dev.drillmaster.home.Home;
import dev.drillmaster.measure.LoadStatus;
import dev.drillmaster.program.RunHandle;
import dev.drillmaster.program.RunStarter;
import dev.drillmaster.terminal.LiveScreen;
import dev.drillmaster.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches one run and shows what changes, until it is over. */
final class Watching {

  private static final Logger LOG = LoggerFactory.getLogger(Watching.class);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final RunStarter program;
  private final RunHandle run;
  private final ProgressText text;
  private final Display display;
  private final Supplier<@Nullable LoadStatus> traffic;
  private ProgressText.@Nullable Look last;

  private Watching(
      RunStarter program,
      RunHandle run,
      ProgressText text,
      Display display,
      Supplier<@Nullable LoadStatus> traffic) {
    this.program = program;
    this.run = run;
    this.text = text;
    this.display = display;
    this.traffic = traffic;
  }

  /**
   * Watches a run that was just started here.
   *
   * @param program that started it
   * @param words where its progress is told
   * @param terminal that {@code words} goes to; empty for plain lines
   */
  static Watching of(
      Home home,
      RunStarter program,
      RunHandle run,
      DrillPlan wanted,
      Roles roles,
      PrintWriter words,
      Optional<Terminal> terminal) {
    Instant now = Instant.now();
    ProgressText text = new ProgressText(wanted, roles, now, ZoneId.systemDefault());
    Display plain = new PlainDisplay(words);
    if (terminal.isEmpty()) {
      return new Watching(program, run, text, plain, () -> null);
    }
    Terminal in = terminal.get();
    LiveBlock block =
        new LiveBlock(wanted, roles, now, in.glyphs(), () -> in.size().usableColumns());
    Traffic traffic = Traffic.of(home, wanted.system(), run.runId());
    LiveScreen screen = new LiveScreen(words, in::size, in.glyphs(), ProgressLines.INDENT);
    return new Watching(program, run, text, new LiveDisplay(screen, block, plain), traffic::look);
  }

  /**
   * Returns when it is over.
   *
   * @throws IOException if nobody works for it any more
   */
  DrillReport untilEnd() throws IOException {
    try (display) {
      while (true) {
        // Waiting for the end is also the pause between two looks.
        Optional<DrillReport> report = run.await(LOOK);
        look();
        if (report.isPresent()) {
          return report.get();
        }
        program.requireWorker();
      }
    }
  }

  private void look() {
    try {
      LoadStatus load = traffic.get();
      DrillStatus status = run.status();
      ProgressText.Look now = new ProgressText.Look(status, load, leases(status), Instant.now());
      display.show(text.lines(last, now), now);
      last = now;
    } catch (RuntimeException noAnswer) {
      // The run goes on whether or not it can be watched; its end is waited for all the same.
      LOG.debug("the run did not answer", noAnswer);
    }
  }

  private Map<String, Duration> leases(DrillStatus status) {
    Map<String, Duration> leases = new HashMap<>();
    for (DrillStatus.HeldFault fault : status.held()) {
      program
          .leaseLeft(UUID.fromString(fault.id()))
          .ifPresent(left -> leases.put(fault.id(), left));
    }
    return leases;
  }

  /** Asks the run to stop. */
  void stop() {
    display.say("stopping: healing every fault and rolling back ...");
    run.emergencyStop();
  }
}
