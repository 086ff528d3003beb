package dev.drillmaster.ledger;

import static dev.drillmaster.schema.Tables.OPERATOR_COMMAND;
import static dev.drillmaster.schema.Tables.RUN;

import dev.drillmaster.schema.tables.records.OperatorCommandRecord;
import dev.drillmaster.schema.tables.records.RunRecord;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Runs as people read about them when they are over. Reads only the state tables, as {@link
 * OpenRuns} does; each answer is of one instant. Every method throws jOOQ's {@code
 * DataAccessException} if the database does not answer.
 */
public final class ClosedRuns {

  private final Transactions transactions;

  /**
   * @param writer as for {@link Ledger}
   */
  public ClosedRuns(DataSource writer) {
    this.transactions = new Transactions(writer);
  }

  /** The newest run that is over; empty if there is none. */
  public Optional<ClosedRun> newest() {
    return newestOf(DSL.noCondition());
  }

  /** The newest run of that name that is over; empty if there is none. */
  public Optional<ClosedRun> named(String run) {
    return newestOf(RUN.WORKFLOW_ID.eq(run));
  }

  /** One run; empty if the ledger has none of that identity that is over. */
  public Optional<ClosedRun> of(UUID runId) {
    return newestOf(RUN.RUN_ID.eq(runId));
  }

  private Optional<ClosedRun> newestOf(Condition which) {
    return transactions.read(
        tables ->
            tables
                .selectFrom(RUN)
                .where(which, RUN.REPORT.isNotNull())
                .orderBy(RUN.STARTED_AT.desc(), RUN.RUN_ID)
                .limit(1)
                .fetchOptional(run -> closed(tables, run)));
  }

  /** What came of every run, those that go on included; the newest first. */
  public List<RunFigures> figures() {
    return transactions.read(
        tables ->
            tables
                .selectFrom(RUN)
                .orderBy(RUN.STARTED_AT.desc(), RUN.RUN_ID)
                .fetch(ClosedRuns::figures));
  }

  private static ClosedRun closed(DSLContext tables, RunRecord run) {
    return new ClosedRun(
        run.getRunId(),
        run.getWorkflowId(),
        run.getRequester(),
        Objects.requireNonNullElse(run.getOrchestrator(), ""),
        run.getEnvironment(),
        run.getPlan().data(),
        run.getPlanDigest(),
        run.getReport().data(),
        actions(tables, run.getRunId()));
  }

  private static List<ClosedRun.OperatorAction> actions(DSLContext tables, UUID runId) {
    return tables
        .selectFrom(OPERATOR_COMMAND)
        .where(OPERATOR_COMMAND.RUN_ID.eq(runId))
        .orderBy(OPERATOR_COMMAND.RECEIVED_AT, OPERATOR_COMMAND.COMMAND_ID)
        .fetch(ClosedRuns::action);
  }

  private static ClosedRun.OperatorAction action(OperatorCommandRecord command) {
    return new ClosedRun.OperatorAction(
        command.getReceivedAt(),
        command.getCommand(),
        command.getName(),
        command.getReason(),
        command.getAssurance());
  }

  private static RunFigures figures(RunRecord run) {
    @Nullable String verdict = run.getVerdict();
    @Nullable String outcome = run.getOutcome();
    return new RunFigures(
        run.getRunId(),
        run.getWorkflowId(),
        run.getPlanName(),
        run.getStartedAt(),
        run.getEndedAt(),
        verdict == null ? null : Verdict.valueOf(verdict),
        outcome == null ? null : StoredValue.named(outcome, Outcome.class),
        run.getRtoMillis(),
        run.getRtoErrorMillis(),
        run.getRtoObjectiveMillis(),
        run.getRpoTransactions(),
        decimal(run.getRpoSeconds()),
        run.getRpoBytes(),
        decimal(run.getRpoObjectiveSeconds()));
  }

  private static @Nullable Double decimal(@Nullable BigDecimal stored) {
    return stored == null ? null : stored.doubleValue();
  }
}
