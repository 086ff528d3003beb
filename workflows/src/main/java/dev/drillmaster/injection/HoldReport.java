package dev.drillmaster.injection;

import java.time.Duration;

/**
 * How the lease was kept while the fault was held.
 *
 * @param renewals how often it was renewed
 * @param longestGap the longest time between two renewals
 * @param lapsed whether the lease ran out before the fault was healed on purpose: then nobody knows
 *     whether the fault was in force all the time, and the run is INCONCLUSIVE
 * @param endedBy why holding ended, in a few words
 */
public record HoldReport(int renewals, Duration longestGap, boolean lapsed, String endedBy) {}
