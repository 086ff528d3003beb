/** Probes, what they may answer, and what was observed. */
@NullMarked
package dev.drillmaster.steadystate;

import org.jspecify.annotations.NullMarked;
