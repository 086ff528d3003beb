/** The embedded database of the ledger. */
@NullMarked
package dev.drillmaster.database;

import org.jspecify.annotations.NullMarked;
