package dev.drillmaster.postgres;

import java.time.Duration;

/**
 * A standby that became a primary.
 *
 * @param timeline its own
 * @param parentTimeline the one it left
 * @param fork where: what the old primary wrote from here on is not part of the new timeline
 * @param took from asking until it was seen to be writable
 */
public record Promotion(long timeline, long parentTimeline, Lsn fork, Duration took) {}
