/** A terminal in front of a person: how large it is, and a few lines of it drawn in place. */
@NullMarked
package dev.drillmaster.terminal;

import org.jspecify.annotations.NullMarked;
