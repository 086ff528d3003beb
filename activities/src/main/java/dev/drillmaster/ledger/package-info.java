/** The ledger: the only writer to its database. It never sees a target. */
@NullMarked
package dev.drillmaster.ledger;

import org.jspecify.annotations.NullMarked;
