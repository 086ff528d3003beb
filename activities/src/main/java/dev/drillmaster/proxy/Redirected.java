package dev.drillmaster.proxy;

/**
 * The answer to a redirect, given after the last connection to the former upstream is closed.
 *
 * @param changed false if the route already had this upstream; then nothing was closed
 * @param closed clients whose connections were closed
 */
public record Redirected(boolean changed, int closed) {}
