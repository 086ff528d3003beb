package dev.drillmaster.proxy;

import org.jspecify.annotations.Nullable;

/**
 * A rule of a route as it is now.
 *
 * @param rule what it does
 * @param inForce whether it does that already, if by turns; one that is only armed does nothing yet
 * @param leftMillis how long it lives without renewal
 * @param lies what it has made of answers, if it is a lie
 */
public record RuleStatus(
    NetworkRule rule, boolean inForce, long leftMillis, @Nullable LieCounts lies) {}
