package dev.drillmaster.selftest;

import dev.drillmaster.measure.LossMeasurement;
import dev.drillmaster.measure.TransferRow;
import java.util.List;
import java.util.UUID;

/**
 * What a comparison of a journal with the table comes to, whoever makes it.
 *
 * @param acknowledged transfers that were acknowledged
 * @param lost those of them that are not there, in the order of their sequence
 * @param unexpected different rows that nobody sent
 * @param duplicates rows beyond the first of their kind
 */
record Figures(long acknowledged, List<UUID> lost, long unexpected, long duplicates) {

  Figures {
    lost = List.copyOf(lost);
  }

  /** The instrument's. */
  static Figures of(LossMeasurement loss) {
    return new Figures(
        loss.acknowledged(),
        loss.lost().stream().map(TransferRow::id).toList(),
        loss.unexpected().size(),
        loss.duplicates());
  }

  /** In one line for people; the ids themselves would be too many. */
  String text() {
    return acknowledged
        + " acknowledged, "
        + lost.size()
        + " lost, "
        + unexpected
        + " unexpected, "
        + duplicates
        + " duplicates";
  }
}
