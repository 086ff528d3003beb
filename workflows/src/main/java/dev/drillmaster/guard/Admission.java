package dev.drillmaster.guard;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a run that asks whether it may begin.
 *
 * @param decision yes, not yet, or no
 * @param until for yes: when the permit ends by itself, by the clock of the ledger
 * @param why for not yet and no: what stands in the way
 */
public record Admission(Decision decision, @Nullable Instant until, @Nullable Refusal why) {

  /** Yes, not yet, or no. */
  public enum Decision {
    @JsonProperty("granted")
    GRANTED,
    @JsonProperty("waiting")
    WAITING,
    @JsonProperty("refused")
    REFUSED
  }

  /** Yes. */
  public static Admission granted(Instant until) {
    return new Admission(Decision.GRANTED, until, null);
  }

  /** Not yet: ask again. */
  public static Admission waiting(Refusal why) {
    return new Admission(Decision.WAITING, null, why);
  }

  /** No. */
  public static Admission refused(Refusal why) {
    return new Admission(Decision.REFUSED, null, why);
  }

  /**
   * What stands in the way.
   *
   * @throws IllegalStateException if nothing does
   */
  public Refusal obstacle() {
    if (why == null) {
      throw new IllegalStateException("nothing stands in the way of what is " + decision);
    }
    return why;
  }
}
