package dev.drillmaster.measure;

import java.util.List;

/**
 * How a load goes just now.
 *
 * @param run empty before the start
 * @param attempts begun so far
 * @param ok acknowledged
 * @param failed certainly not committed
 * @param unknown perhaps committed
 * @param inFlight sent and not answered yet
 * @param lastOkAgeMillis since the last acknowledgement; -1 if there was none
 * @param currentOutageMillis since the last acknowledgement (or the start) if something failed
 *     since then, else 0
 * @param timeline of the last acknowledged transfer; 0 if not known
 * @param lost why the journal cannot be written and the measurement is lost; empty if it is not
 * @param ended whether the load has been stopped and the journal is closed
 * @param strip the latest slices of 100 ms, oldest first, at most 50
 */
public record LoadStatus(
    String run,
    long attempts,
    long ok,
    long failed,
    long unknown,
    long inFlight,
    long lastOkAgeMillis,
    long currentOutageMillis,
    int timeline,
    String lost,
    boolean ended,
    List<Slice> strip) {

  /** Answers that came in a slice of 100 ms. */
  public record Slice(int ok, int failed) {}

  /** The status before a start. */
  static final LoadStatus IDLE = new LoadStatus("", 0, 0, 0, 0, 0, -1, 0, 0, "", false, List.of());

  /** For processes that have not been started on a run. */
  public static LoadStatus idle() {
    return IDLE;
  }
}
