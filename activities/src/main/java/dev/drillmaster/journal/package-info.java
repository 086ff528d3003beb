/**
 * The host's journal, on the host's own disk: what was done to its targets, by whom it is fenced,
 * and the locks under which all of that happens. Everything that heals can work from here alone.
 */
@NullMarked
package dev.drillmaster.journal;

import org.jspecify.annotations.NullMarked;
