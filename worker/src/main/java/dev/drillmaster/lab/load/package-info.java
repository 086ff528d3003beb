/** The load process of the lab: the instrument as a program of its own. */
@NullMarked
package dev.drillmaster.lab.load;

import org.jspecify.annotations.NullMarked;
