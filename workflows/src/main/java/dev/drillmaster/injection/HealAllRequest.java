package dev.drillmaster.injection;

/**
 * A host is to heal everything that it holds.
 *
 * @param by which layer wants it, such as {@code stop-all}
 */
public record HealAllRequest(String by) {}
