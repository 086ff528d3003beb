/** Systems: what a plan is done to, by the names that this host gives to its parts. */
@NullMarked
package dev.drillmaster.system;

import org.jspecify.annotations.NullMarked;
