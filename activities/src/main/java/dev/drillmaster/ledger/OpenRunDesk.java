package dev.drillmaster.ledger;

import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.reaper.OpenRun;
import dev.drillmaster.reaper.OpenRunActivities;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Open runs as workflows ask for them. */
public final class OpenRunDesk implements OpenRunActivities {

  private final OpenRuns runs;

  /**
   * @param writer as for {@link Ledger}
   */
  public OpenRunDesk(DataSource writer) {
    this.runs = new OpenRuns(writer);
  }

  @Override
  public @Nullable OpenRun openRun(UUID runId) {
    return runs.find(runId).orElse(null);
  }

  @Override
  public List<OpenRun> openRuns() {
    return runs.all();
  }

  @Override
  public DrillReport report(UUID runId, Outcome outcome) {
    return runs.report(runId, Verdict.INCONCLUSIVE, outcome, Instant.now(), List.of());
  }
}
