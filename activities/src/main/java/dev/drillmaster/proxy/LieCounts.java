package dev.drillmaster.proxy;

/**
 * What has become of the answers that a lie concerns.
 *
 * @param told answers that were no longer the service's own
 * @param spared answers that should have been and passed as they were: too long, compressed, too
 *     slow, or on a connection that could not be read as HTTP/1.1
 */
public record LieCounts(long told, long spared) {}
