/** Where Drillmaster keeps its state on this machine. */
@NullMarked
package dev.drillmaster.home;

import org.jspecify.annotations.NullMarked;
