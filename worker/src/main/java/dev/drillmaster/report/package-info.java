/** Reports of runs as pages that stand alone. */
@NullMarked
package dev.drillmaster.report;

import org.jspecify.annotations.NullMarked;
