/** PostgreSQL servers on this host: run, copy, promote, fence and observe them. */
@NullMarked
package dev.drillmaster.postgres;

import org.jspecify.annotations.NullMarked;
