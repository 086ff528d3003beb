package dev.drillmaster.campaign;

/**
 * Runs that a campaign is to make.
 *
 * @param plan the plan's name
 * @param runs how many
 */
public record Wanted(String plan, int runs) {}
