package dev.drillmaster.ledger;

import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What came of one run, for a list of many. Null is what was not measured, what the plan does not
 * ask for, and how the run ended while it goes on.
 *
 * @param run the run's name, which another run may have too
 * @param plan the plan's name
 * @param rtoMillis time without service; also null if it never came back
 * @param rpoTransactions acknowledged transactions that were lost
 * @param rpoSeconds age of the oldest of them
 */
public record RunFigures(
    UUID runId,
    String run,
    String plan,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Verdict verdict,
    @Nullable Outcome outcome,
    @Nullable Long rtoMillis,
    @Nullable Long rtoErrorMillis,
    @Nullable Long rtoObjectiveMillis,
    @Nullable Long rpoTransactions,
    @Nullable Double rpoSeconds,
    @Nullable Long rpoBytes,
    @Nullable Double rpoObjectiveSeconds) {}
