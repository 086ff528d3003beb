/** The practice system: a PostgreSQL pair and a ledger service, in processes of their own. */
@NullMarked
package dev.drillmaster.lab;

import org.jspecify.annotations.NullMarked;
