package dev.drillmaster.steadystate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One answer to one probe.
 *
 * @param probe the probe's name
 * @param at when it was asked, on the host's clock
 * @param met whether the answer was tolerated; null if nobody could look
 * @param value the answer, or why there is none; text from outside, to be escaped where it is shown
 * @param latencyMillis from question to answer
 */
public record Observation(
    String probe, Instant at, @Nullable Boolean met, String value, long latencyMillis) {}
