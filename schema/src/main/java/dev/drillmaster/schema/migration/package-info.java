/** Brings a database to the schema that this program knows, and lets its roles log in. */
@NullMarked
package dev.drillmaster.schema.migration;

import org.jspecify.annotations.NullMarked;
