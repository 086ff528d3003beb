/** Policies: what a host lets be done to it. */
@NullMarked
package dev.drillmaster.policy;

import org.jspecify.annotations.NullMarked;
