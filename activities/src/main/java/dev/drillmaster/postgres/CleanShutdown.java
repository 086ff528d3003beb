package dev.drillmaster.postgres;

/**
 * The last thing a primary wrote before it ended in good order: the record of its shutdown
 * checkpoint. Nothing follows it in the log.
 *
 * @param systemIdentifier of the database
 * @param timeline on which it is
 * @param checkpoint where the record begins
 */
public record CleanShutdown(long systemIdentifier, long timeline, Lsn checkpoint) {}
