package dev.drillmaster.ledger;

import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run in a list of runs; {@code endedAt}, {@code verdict} and {@code outcome} are null while it
 * goes on.
 *
 * @param run the run's name
 * @param plan the plan's name
 */
public record RunLine(
    String run,
    String plan,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Verdict verdict,
    @Nullable Outcome outcome) {}
