/** Faults: eight sealed types, one record for each mechanism. */
@NullMarked
package dev.drillmaster.fault;

import org.jspecify.annotations.NullMarked;
