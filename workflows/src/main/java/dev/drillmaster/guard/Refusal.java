package dev.drillmaster.guard;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.drillmaster.verdict.Finding;

/**
 * Why a run may not begin, or not yet.
 *
 * @param kind what stands in the way
 * @param sentence what stands in the way and why, for people
 */
public record Refusal(Kind kind, String sentence) {

  /** What can stand in the way of a run. */
  public enum Kind {
    /** Everything was stopped, and nobody has resumed yet. */
    GLOBAL_STOP(
        "global-stop",
        true,
        "when what it was for is over, run \"drillmaster resume --reason TEXT\""),
    /** As many runs as may go on at the same time go on. */
    CONCURRENCY("concurrency", true, "run it later, or let it wait with --wait DURATION"),
    /** Another run acts on the same target, or waits for it since before. */
    TARGET_BUSY("target-busy", true, "run it later, or let it wait with --wait DURATION"),
    /** The plan may take longer than any plan may. */
    MAX_DURATION("max-duration", false, "shorten the plan's maxDuration, or raise the limit"),
    /** The plan is for production, where no plan may run. */
    PRODUCTION("production", false, "run it elsewhere, or have the limits changed"),
    /** The books of the run were closed before it was admitted. */
    OVER("over", false, "run it again"),
    /** Nobody could say whether it may run. */
    NO_ANSWER("no-answer", false, "see why the ledger does not answer, and run it again");

    private final String text;
    private final boolean passing;
    private final String remedy;

    Kind(String text, boolean passing, String remedy) {
      this.text = text;
      this.passing = passing;
      this.remedy = remedy;
    }

    /** The stable name in ledger, findings and history. */
    @JsonValue
    public String text() {
      return text;
    }

    /**
     * Whether it stands in the way for now only and nothing is wrong with plan or system: such a
     * refusal must not make a schedule pause that pauses on failure.
     */
    public boolean passing() {
      return passing;
    }
  }

  /** Nobody could say whether a run may begin, which is never a yes. */
  public static Refusal noAnswer(String reason) {
    return new Refusal(Kind.NO_ANSWER, "nobody can say whether it may run: " + reason);
  }

  /** The same as what a report says. */
  public Finding finding() {
    return Finding.doubt("refused-" + kind.text(), sentence, kind.remedy);
  }
}
