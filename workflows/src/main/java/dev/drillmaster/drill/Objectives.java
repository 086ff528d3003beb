package dev.drillmaster.drill;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the drill must achieve. An objective that is absent is not judged.
 *
 * @param rto the longest time without service
 * @param rpo the greatest age of a lost acknowledged transaction; zero means that nothing may be
 *     lost
 */
public record Objectives(@Nullable Duration rto, @Nullable Duration rpo) {}
