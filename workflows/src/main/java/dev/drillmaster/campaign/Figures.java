package dev.drillmaster.campaign;

import dev.drillmaster.drill.DrillReport;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What several runs measured together. Percentiles are by nearest rank: the p-th of n values is the
 * one at place ceil(p / 100 * n) in ascending order, so that each is a value that was measured, and
 * p95 of fewer than 20 is the worst. A service that never came back took longer than any that did:
 * where its place is asked for there is no number, and the figure is null.
 *
 * @param runs how many runs are over
 * @param expected how many of them ended as their plan wants it
 * @param measured how many of them measured; the figures are about these
 * @param rtoWorstMillis the longest time without service; null if one never came back, or nothing
 *     was measured
 * @param rtoP50Millis its median
 * @param rtoP95Millis its 95th percentile
 * @param rtoErrorWorstMillis the greatest amount by which one of these times may be wrong
 * @param rpoWorstTransactions the most acknowledged transactions that were lost
 * @param rpoWorstSeconds the greatest age of one that was lost
 * @param rpoWorstBytes the most WAL between the last acknowledged commit and the fork
 */
public record Figures(
    int runs,
    int expected,
    int measured,
    @Nullable Long rtoWorstMillis,
    @Nullable Long rtoP50Millis,
    @Nullable Long rtoP95Millis,
    @Nullable Long rtoErrorWorstMillis,
    @Nullable Long rpoWorstTransactions,
    @Nullable Double rpoWorstSeconds,
    @Nullable Long rpoWorstBytes) {

  private static final long NEVER = Long.MAX_VALUE;

  /** The figures of runs that are over. */
  static Figures of(List<CampaignRun> runs) {
    List<DrillReport.Rto> rtos =
        runs.stream().map(CampaignRun::rto).filter(Objects::nonNull).toList();
    List<DrillReport.Rpo> rpos =
        runs.stream().map(CampaignRun::rpo).filter(Objects::nonNull).toList();
    List<Long> millis = rtos.stream().map(Figures::millis).sorted().toList();
    return new Figures(
        runs.size(),
        (int) runs.stream().filter(CampaignRun::expected).count(),
        rtos.size(),
        nearestRank(100, millis),
        nearestRank(50, millis),
        nearestRank(95, millis),
        most(rtos, DrillReport.Rto::errorMillis),
        most(rpos, DrillReport.Rpo::transactions),
        greatest(rpos, DrillReport.Rpo::seconds),
        most(rpos, DrillReport.Rpo::bytes));
  }

  private static long millis(DrillReport.Rto rto) {
    Long millis = rto.millis();
    return millis == null ? NEVER : millis;
  }

  /**
   * The value at a percentile.
   *
   * @param sorted in ascending order
   * @return null if there is no value, or if the service never came back there
   */
  private static @Nullable Long nearestRank(int percent, List<Long> sorted) {
    if (sorted.isEmpty()) {
      return null;
    }
    int rank = (percent * sorted.size() + 99) / 100;
    Long value = sorted.get(rank - 1);
    return value == NEVER ? null : value;
  }

  private static <T> @Nullable Long most(List<T> measured, ToLongFunction<T> figure) {
    return measured.isEmpty() ? null : measured.stream().mapToLong(figure).max().getAsLong();
  }

  private static <T> @Nullable Double greatest(List<T> measured, ToDoubleFunction<T> figure) {
    return measured.isEmpty() ? null : measured.stream().mapToDouble(figure).max().getAsDouble();
  }
}
