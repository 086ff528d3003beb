/**
 * The instrument: an open-loop load with its append-only journal, and pure functions that turn a
 * journal (and the rows found after recovery) into recovery time and loss. All instants are
 * nanoseconds on the monotonic clock of the one process that wrote the journal, from its zero.
 */
@NullMarked
package dev.drillmaster.measure;

import org.jspecify.annotations.NullMarked;
