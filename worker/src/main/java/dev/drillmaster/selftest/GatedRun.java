package dev.drillmaster.selftest;

import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.Objectives;
import dev.drillmaster.drill.StartLoadStep;
import dev.drillmaster.drill.SteadyStateStep;
import dev.drillmaster.drill.StopLoadStep;
import dev.drillmaster.lab.Lab;
import dev.drillmaster.measure.LoadControl;
import dev.drillmaster.program.DrillProgram;
import dev.drillmaster.program.RunHandle;
import dev.drillmaster.verdict.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A real run without a fault, through the same workflow, steps and verdict as any other. It waits
 * at a gate, its load going on, while a check does something to that load.
 */
final class GatedRun implements AutoCloseable {

  /** Two seconds of load. */
  static final long ENOUGH = 200;

  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration UNTIL_ENOUGH = Duration.ofMinutes(1);
  private static final Duration UNTIL_OVER = Duration.ofMinutes(2);

  private final Gate gate;
  private final RunHandle run;
  private final Path directory;

  private GatedRun(Gate gate, RunHandle run, Path loads) {
    this.gate = gate;
    this.run = run;
    this.directory = loads.resolve(run.runId().toString());
  }

  /**
   * Starts a run and returns when it waits at the gate and enough was acknowledged.
   *
   * @param name what is tried, for the run's name
   * @param loads where the loads of the system have their directories
   * @throws IOException if it did not come to that, saying why
   */
  static GatedRun begin(DrillProgram program, String name, Path loads) throws IOException {
    Gate gate = new Gate();
    try {
      RunHandle run = program.start(plan(name, gate), "selftest");
      GatedRun begun = new GatedRun(gate, run, loads);
      begun.awaitLoad();
      return begun;
    } catch (IOException | RuntimeException failed) {
      gate.close();
      throw failed;
    }
  }

  private static DrillPlan plan(String name, Gate gate) {
    return new DrillPlan(
        "selftest-" + name,
        "The instrument is put to the test: " + name,
        "Without a fault nothing is lost and there is no outage, unless somebody sees to it.",
        Lab.SYSTEM,
        null,
        new Objectives(Duration.ofSeconds(1), Duration.ZERO),
        null,
        List.of(
            new SteadyStateStep(null, null, null),
            new StartLoadStep(null, null, null, null, null),
            new SteadyStateStep("wait for the selftest", UNTIL_ENOUGH, List.of(gate.probe())),
            new StopLoadStep(null, null, null)),
        null);
  }

  private void awaitLoad() throws IOException {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < UNTIL_ENOUGH.toNanos()) {
      // Waiting for the end is also the pause between two looks.
      Optional<DrillReport> over = run.await(LOOK);
      if (over.isPresent()) {
        throw new IOException(
            "run " + run.name() + " ended before there was a load to test: " + text(over.get()));
      }
      if (gate.asked() && acknowledged() >= ENOUGH) {
        return;
      }
    }
    run.emergencyStop();
    throw new IOException(
        "the load of run "
            + run.name()
            + " is not acknowledged: see \"drillmaster lab status\", or start the lab anew by"
            + " \"drillmaster lab down\"");
  }

  private long acknowledged() {
    try {
      return load().status().ok();
    } catch (IOException notYet) {
      return 0;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /** The load of the run. */
  LoadControl load() throws IOException {
    return LoadControl.in(directory);
  }

  /** What the load writes down. */
  Path journal() {
    return directory.resolve("load.journal");
  }

  /** What the rows of this run are called in the table. */
  String id() {
    return run.runId().toString();
  }

  /** Opens the gate and waits for the run's end. */
  DrillReport end() throws IOException {
    gate.open();
    return run.await(UNTIL_OVER)
        .orElseThrow(() -> new IOException("run " + run.name() + " does not end"));
  }

  /** What a run came to, in one line. */
  static String text(DrillReport report) {
    String findings =
        report.findings().stream()
            .map(found -> found.code() + ": " + found.summary())
            .collect(Collectors.joining("; "));
    return report.verdict() + (findings.isEmpty() ? ", no findings" : ", " + findings);
  }

  /** The stable names of what a run found. */
  static List<String> codes(DrillReport report) {
    return report.findings().stream().map(Finding::code).toList();
  }

  @Override
  public void close() {
    gate.close();
  }
}
