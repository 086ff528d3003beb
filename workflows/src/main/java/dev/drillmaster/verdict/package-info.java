/** What was found: verdicts, outcomes and findings. */
@NullMarked
package dev.drillmaster.verdict;

import org.jspecify.annotations.NullMarked;
