package dev.drillmaster.journal;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A target that must never again accept writes as a primary. It is never continued and never
 * started as a primary, whoever heals; for it, healed means observed not writable.
 *
 * @param target the target's name on its host
 * @param by who fenced it
 * @param reason why
 * @param at when, on the host's clock; for people only, nothing compares it
 * @param runId the run that fenced it, or null if no run did
 * @param successor the target that may become primary in its place; written before that is asked
 *     for, and null while it is not. Without one the fence may still be lifted and the target be
 *     primary again; with one it never is. {@link #UNKNOWN} if the fence cannot be read
 */
public record Fence(
    String target,
    String by,
    String reason,
    Instant at,
    @Nullable UUID runId,
    @Nullable String successor) {

  /** The successor in a fence that cannot be read: somebody may be. Not the name of any target. */
  public static final String UNKNOWN = "?";

  /** Whether the target may be primary again: certainly nobody was to take its place. */
  public boolean liftable() {
    return successor == null;
  }

  /** Whether it is known who was to take the target's place, if anybody. */
  public boolean readable() {
    return !UNKNOWN.equals(successor);
  }

  /** The same fence, from now on in favour of another target: it cannot be taken back. */
  public Fence inFavourOf(String other) {
    return new Fence(target, by, reason, at, runId, other);
  }
}
