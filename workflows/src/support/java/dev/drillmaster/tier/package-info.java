/** What the tests of all modules share: their tiers, and the summary at the end of a build. */
@NullMarked
package dev.drillmaster.tier;

import org.jspecify.annotations.NullMarked;
