/** Drills: plans, steps, rollback, workflow and report. */
@NullMarked
package dev.drillmaster.drill;

import org.jspecify.annotations.NullMarked;
