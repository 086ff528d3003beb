package dev.drillmaster.measure;

/**
 * A time in which attempts failed, from the last success before the first failure to the first of
 * the successes that lasted. Instants are nanoseconds since the zero of the journal.
 *
 * @param lastSuccess when the last success before was acknowledged; if {@code !startKnown}, when
 *     the first attempt of the journal was due
 * @param startKnown false if nothing ever succeeded before
 * @param firstFailureDue when the first attempt that failed was due
 * @param firstSuccess when the first of the lasting successes was acknowledged; if {@code !ended},
 *     the last instant of the journal
 * @param ended false if success did not last before the journal ends
 * @param failures attempts that failed
 * @param errorNanos how far {@link #nanos} may be from the truth, see {@link OutageMeasurement}
 */
public record Outage(
    long lastSuccess,
    boolean startKnown,
    long firstFailureDue,
    long firstSuccess,
    boolean ended,
    int failures,
    long errorNanos) {

  /** How long it lasted; a lower bound unless {@link #isBounded}. */
  public long nanos() {
    return firstSuccess - lastSuccess;
  }

  /** Whether both ends were seen. */
  public boolean isBounded() {
    return startKnown && ended;
  }
}
