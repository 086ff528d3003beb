/**
 * Steps: how each kind of step and of compensation is done on a host, and the boundary behind which
 * they live: one at a time for a system, and none once its run is being rolled back.
 */
@NullMarked
package dev.drillmaster.step;

import org.jspecify.annotations.NullMarked;
