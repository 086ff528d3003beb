/** What ends runs that nobody looks after any more: guardian and reaper. */
@NullMarked
package dev.drillmaster.reaper;

import org.jspecify.annotations.NullMarked;
