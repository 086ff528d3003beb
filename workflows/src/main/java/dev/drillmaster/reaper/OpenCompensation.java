package dev.drillmaster.reaper;

import dev.drillmaster.drill.Compensation;

/**
 * A compensation that was registered and has not reached its end; one that was tried and failed is
 * open, too.
 *
 * @param position the place in the run's rollback stack, from 1
 * @param path the step's place in the plan
 * @param compensation what to do
 */
public record OpenCompensation(int position, String path, Compensation compensation) {}
