/** Toxiproxy, as its HTTP API shows it. */
@NullMarked
package dev.drillmaster.toxiproxy;

import org.jspecify.annotations.NullMarked;
