/** The instrument put to the test, on the lab: what is known beforehand must be measured. */
@NullMarked
package dev.drillmaster.selftest;

import org.jspecify.annotations.NullMarked;
