package dev.drillmaster.proxy;

import java.util.List;

/**
 * A route of the drill proxy as it is now.
 *
 * @param name such as {@code database}
 * @param listenPort port on 127.0.0.1 that clients connect to
 * @param upstream where new connections go
 * @param connections clients connected now
 * @param bytesUp bytes sent to upstreams since the proxy started
 * @param bytesDown bytes sent to clients since the proxy started
 * @param bytesHeld bytes that wait in the proxy because of a rule that cuts or slows
 * @param rules what is done to the route, or armed
 */
public record RouteStatus(
    String name,
    int listenPort,
    Upstream upstream,
    int connections,
    long bytesUp,
    long bytesDown,
    long bytesHeld,
    List<RuleStatus> rules) {}
