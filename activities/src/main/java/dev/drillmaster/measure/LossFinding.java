package dev.drillmaster.measure;

/** What is wrong with a loss measurement, or with the data, besides the loss itself. */
public enum LossFinding {
  /**
   * Rows are lost although the log of their commits is not: the instrument is wrong, or
   * acknowledged commits were not in the log yet ({@code synchronous_commit}).
   */
  LOST_WITHOUT_BYTES,
  /**
   * Rows are lost that were acknowledged on a later timeline than the first one of the load: those
   * no longer went down with the node that the fault hit.
   */
  LOST_LATER,
  /** Rows whose sender was told that they are certainly not committed: the service is wrong. */
  REFUSED_BUT_COMMITTED,
  /** Rows that nobody sent. */
  UNEXPECTED_ROWS,
  /** Rows that are there more than once. */
  DUPLICATE_ROWS,
  /** The journal is not whole, so that more may be lost than is counted. */
  JOURNAL_NOT_WHOLE
}
