package dev.drillmaster.measure;

/**
 * Where a new timeline left the old one, from the history file of the new one.
 *
 * @param oldTimeline the timeline that was left
 * @param at everything after this position of the old timeline is not part of the new one
 */
public record Fork(int oldTimeline, Lsn at) {}
