/** Stopping everything at once: all hosts heal, then the stop is recorded, then all runs end. */
@NullMarked
package dev.drillmaster.stop;

import org.jspecify.annotations.NullMarked;
