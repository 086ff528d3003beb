/** What is written down: audit events and the ledger as a workflow sees it. */
@NullMarked
package dev.drillmaster.audit;

import org.jspecify.annotations.NullMarked;
