/**
 * Injectors: how each mechanism changes a target, how its effect is seen and how it is healed; and
 * the boundary behind which all of them live.
 */
@NullMarked
package dev.drillmaster.injector;

import org.jspecify.annotations.NullMarked;
