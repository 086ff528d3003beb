/** Plans as files. */
@NullMarked
package dev.drillmaster.plan;

import org.jspecify.annotations.NullMarked;
