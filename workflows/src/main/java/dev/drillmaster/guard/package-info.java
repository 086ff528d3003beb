/** Who may run now: admission, permits and the global stop. */
@NullMarked
package dev.drillmaster.guard;

import org.jspecify.annotations.NullMarked;
