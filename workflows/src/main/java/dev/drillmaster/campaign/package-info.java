/** Campaigns: many runs, one after the other, with figures over all of them. */
@NullMarked
package dev.drillmaster.campaign;

import org.jspecify.annotations.NullMarked;
