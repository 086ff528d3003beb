package dev.drillmaster.selftest;

import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.measure.LoadControl;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.Signal;
import dev.drillmaster.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A load that is lost in the middle of its run: what it measured so far proves nothing. */
final class LostLoad {

  private static final Duration BOUND = Duration.ofSeconds(10);

  private LostLoad() {}

  /** By SIGKILL. */
  static Check killed(Bench bench) throws IOException, InterruptedException {
    try (GatedRun run = bench.begin("load-killed")) {
      ProcessId process = run.load().process();
      Signal.KILL.send(List.of(process));
      if (!Poll.until(BOUND, () -> !process.isRunning())) {
        throw new IOException("load process " + process + " does not end after SIGKILL");
      }
      return check("killed-load", "a load that is killed in the middle proves nothing", run.end());
    }
  }

  /** By a journal that takes no more, as on a full disk. */
  static Check full(Bench bench) throws IOException, InterruptedException {
    String id = "full-disk";
    String name = "a load that can no longer write its journal stops, and proves nothing";
    Optional<String> missing = FileSizeLimit.missing();
    if (missing.isPresent()) {
      return Check.notExercised(id, name, expected(), missing.get());
    }
    try (GatedRun run = bench.begin("full-disk")) {
      LoadControl load = run.load();
      // A limit on the size of its files stands for a full disk: write(2) fails in the middle.
      FileSizeLimit.set(load.process(), Files.size(run.journal()) + 1000);
      if (!Poll.until(BOUND, () -> !load.status().lost().isEmpty())) {
        return Check.of(
            id, name, false, expected(), "it goes on without a journal: " + load.status());
      }
      return check(id, name, run.end());
    }
  }

  private static String expected() {
    return "INCONCLUSIVE, since the journal of the load is not whole";
  }

  static Check check(String id, String name, DrillReport report) {
    boolean told =
        report.findings().stream()
            .anyMatch(
                found ->
                    found.code().equals("criterion-unknown")
                        && found.summary().contains("the journal of the load is whole"));
    return Check.of(
        id,
        name,
        report.verdict() == Verdict.INCONCLUSIVE && told,
        expected(),
        GatedRun.text(report));
  }
}
