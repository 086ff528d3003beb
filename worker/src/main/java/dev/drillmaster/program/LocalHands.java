package dev.drillmaster.program;

import dev.drillmaster.audit.AuditBatch;
import dev.drillmaster.drill.CompensationReport;
import dev.drillmaster.drill.CompensationReport.State;
import dev.drillmaster.drill.CompensationRequest;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.Injected;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.ledger.Ledger;
import dev.drillmaster.ledger.OpenRuns;
import dev.drillmaster.reaper.Hands;
import dev.drillmaster.reaper.OpenCompensation;
import dev.drillmaster.reaper.OpenRun;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reaches host and ledger directly, without a Temporal server. */
final class LocalHands implements Hands {

  /** Who reaps by them. */
  static final String BY = "heal-command";

  private static final int ATTEMPTS = 3;

  private final LocalHost host;
  private final Ledger ledger;
  private final OpenRuns openRuns;
  private final Consumer<String> progress;

  LocalHands(LocalHost host, DataSource writer, Consumer<String> progress) {
    this.host = host;
    this.ledger = new Ledger(writer);
    this.openRuns = new OpenRuns(writer);
    this.progress = progress;
  }

  @Override
  public HealReport heal(InjectionSpec injection) {
    try {
      return host.injections().heal(injection, BY);
    } catch (IOException notHealed) {
      throw new UncheckedIOException(notHealed);
    }
  }

  @Override
  public @Nullable Injected injected(InjectionSpec injection) {
    try {
      return host.journal().injected(injection.id()).orElse(null);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public CompensationReport compensate(OpenRun run, OpenCompensation open) {
    CompensationRequest request =
        new CompensationRequest(
            run.runId(), open.position(), open.path(), open.compensation(), run.plan().system());
    String last = "";
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        return host.steps().compensate(request, attempt);
      } catch (InterruptedException ending) {
        Thread.currentThread().interrupt();
        throw new UncheckedIOException(new InterruptedIOException("interrupted"));
      } catch (IOException | SQLException | RuntimeException failed) {
        String why = String.valueOf(failed.getMessage());
        if (attempt < ATTEMPTS && !why.equals(last)) {
          tell("  not yet, trying again: " + why);
        }
        last = why;
      }
    }
    return new CompensationReport(State.FAILED, last, ATTEMPTS);
  }

  @Override
  public DrillReport report(UUID runId, Outcome outcome) {
    return openRuns.report(runId, Verdict.INCONCLUSIVE, outcome, now(), List.of());
  }

  @Override
  public void write(AuditBatch batch) {
    ledger.record(batch);
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public void tell(String line) {
    progress.accept(line);
  }
}
