package dev.drillmaster.measure;

/**
 * The measured recovery time (RTO).
 *
 * @param measured false if service did not come back for good, or nothing was seen: then {@code
 *     nanos} is only a lower bound and no objective is met
 * @param nanos 0 if there was no outage
 * @param errorNanos the truth is within this of {@code nanos}
 */
public record RecoveryTime(boolean measured, long nanos, long errorNanos) {

  /** Milliseconds, rounded up: never better than measured. */
  public long millis() {
    return roundUp(nanos);
  }

  /** Milliseconds, rounded up. */
  public long errorMillis() {
    return roundUp(errorNanos);
  }

  private static long roundUp(long nanos) {
    return (nanos + 999_999) / 1_000_000;
  }
}
