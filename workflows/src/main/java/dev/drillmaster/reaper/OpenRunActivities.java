package dev.drillmaster.reaper;

import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.verdict.Outcome;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs as the ledger knows them, for those who have no history of them. */
@ActivityInterface
public interface OpenRunActivities {

  /** Null if the run's books are closed. */
  @ActivityMethod(name = "open-run")
  @Nullable OpenRun openRun(UUID runId);

  /** All runs whose books are open, the oldest first. */
  @ActivityMethod(name = "open-runs")
  List<OpenRun> openRuns();

  /** The report with which a run's books can be closed. */
  @ActivityMethod(name = "closing-report")
  DrillReport report(UUID runId, Outcome outcome);
}
