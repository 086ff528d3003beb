package dev.drillmaster.verdict;

/**
 * What a run found. The constants are ordered: the later one is the worse one, and the worst wins.
 */
public enum Verdict {
  PASSED,
  INCONCLUSIVE,
  FAILED;

  /** The worse of the two. "Could not look" is never a pass, and a failure is never outvoted. */
  public Verdict and(Verdict other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
