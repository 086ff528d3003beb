package dev.drillmaster.postgres;

/**
 * Where a new timeline left an older one, from the history file of the new one.
 *
 * @param oldTimeline the timeline that was left
 * @param at everything after this position of the old timeline is not part of the new one
 */
public record Fork(long oldTimeline, Lsn at) {}
