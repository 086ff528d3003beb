package dev.drillmaster.verdict;

/**
 * Something that a run found out and that somebody should act on.
 *
 * @param code stable name, such as {@code rto-missed}
 * @param severity how much it matters
 * @param verdict the best verdict that a run with this finding can have
 * @param summary what was found, with figures
 * @param remedy what to do about it
 */
public record Finding(
    String code, Severity severity, Verdict verdict, String summary, String remedy) {

  /** A finding about the system under test: the run fails. */
  public static Finding failure(String code, String summary, String remedy) {
    return new Finding(code, Severity.HIGH, Verdict.FAILED, summary, remedy);
  }

  /** Something could not be established: the run proves nothing. */
  public static Finding doubt(String code, String summary, String remedy) {
    return new Finding(code, Severity.MEDIUM, Verdict.INCONCLUSIVE, summary, remedy);
  }
}
