package dev.drillmaster.injection;

/**
 * What prepare saw; it has changed nothing.
 *
 * @param priorState the target before the fault, in one line for people
 */
public record Prepared(String priorState) {}
