/** One fault on one target: the one place where the order of an injection is written. */
@NullMarked
package dev.drillmaster.injection;

import org.jspecify.annotations.NullMarked;
