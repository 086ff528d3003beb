/** What the Temporal server knows of runs. */
@NullMarked
package dev.drillmaster.history;

import org.jspecify.annotations.NullMarked;
