/** The program put together: ledger, orchestrator, worker, agent. */
@NullMarked
package dev.drillmaster.program;

import org.jspecify.annotations.NullMarked;
