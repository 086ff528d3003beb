/** Temporal as we connect to it or start it. */
@NullMarked
package dev.drillmaster.orchestrator;

import org.jspecify.annotations.NullMarked;
