@NullMarked
package dev.drillmaster.postgres;

import org.jspecify.annotations.NullMarked;
