/** Targets: what can be acted on, by the names that this host gives them. */
@NullMarked
package dev.drillmaster.target;

import org.jspecify.annotations.NullMarked;
