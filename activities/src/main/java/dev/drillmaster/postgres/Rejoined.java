package dev.drillmaster.postgres;

import java.time.Duration;

/**
 * A server that is a standby again.
 *
 * @param copy how it got its data
 * @param seen what it said when it was seen to stream
 * @param took from the first step until then
 */
public record Rejoined(CopyReport copy, NodeObservation seen, Duration took) {}
