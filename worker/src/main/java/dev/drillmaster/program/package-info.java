/** The program that runs drills: its wiring, and how other programs of the same home find it. */
@NullMarked
package dev.drillmaster.program;

import org.jspecify.annotations.NullMarked;
