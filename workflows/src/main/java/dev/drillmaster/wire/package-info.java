/**
 * The wire format: one mapper for the YAML that an engineer writes, Temporal's history and the
 * ledger.
 */
@NullMarked
package dev.drillmaster.wire;

import org.jspecify.annotations.NullMarked;
