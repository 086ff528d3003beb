/**
 * The watchdog: a small process of its own session that ends a fault when renewals of its lease
 * stop, because everything of ours is dead or frozen. It works from the host journal alone.
 */
@NullMarked
package dev.drillmaster.watchdog;

import org.jspecify.annotations.NullMarked;
