package dev.drillmaster.verdict;

/**
 * The stable failure types with which a Temporal run ends when it did not end as wanted. Constants,
 * since they are compared in several modules.
 */
public final class FailureKind {

  /** The system under test did not do what the plan asks. */
  public static final String FAILED = "Failed";

  /** Nothing was proved either way. */
  public static final String INCONCLUSIVE = "Inconclusive";

  /** Somebody or something stopped the run. */
  public static final String STOPPED = "Stopped";

  /** A guard or a host refused: nothing was injected. */
  public static final String REFUSED = "Refused";

  private FailureKind() {}

  /**
   * The failure type for a run that ended so, and should not have: one that passed although its
   * plan expects a failure did not do what the plan asks either.
   */
  public static String of(Verdict verdict, Outcome outcome) {
    return switch (outcome) {
      case STOPPED -> verdict == Verdict.FAILED ? FAILED : STOPPED;
      case REFUSED -> REFUSED;
      case COMPLETED, HANDED_OVER -> verdict == Verdict.INCONCLUSIVE ? INCONCLUSIVE : FAILED;
    };
  }
}
