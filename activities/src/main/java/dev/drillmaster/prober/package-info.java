/** Probers: how each kind of probe is asked. */
@NullMarked
package dev.drillmaster.prober;

import org.jspecify.annotations.NullMarked;
