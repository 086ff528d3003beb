package dev.drillmaster.report;

import static dev.drillmaster.report.Html.tag;

import dev.drillmaster.ledger.RunFigures;
import dev.drillmaster.verdict.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How RTO and RPO of one plan went from run to run. */
final class PlanTrend {

  private PlanTrend() {}

  /**
   * The card of one plan.
   *
   * @param runs those that are over, the oldest first
   */
  static Html of(String plan, List<RunFigures> runs) {
    return tag(
            "div",
            tag("h3", plan),
            TrendPlot.of("RTO, milliseconds", runs.stream().map(PlanTrend::rto).toList(), " ms"),
            TrendPlot.of(
                "RPO, age of the oldest lost in seconds",
                runs.stream().map(PlanTrend::rpo).toList(),
                " s"),
            Section.quiet(Figures.counted(runs.size(), "run", "runs") + ", the oldest at the left"))
        .as("card");
  }

  private static TrendPlot.Point rto(RunFigures run) {
    return point(run, decimal(run.rtoMillis()), decimal(run.rtoObjectiveMillis()), " ms");
  }

  private static TrendPlot.Point rpo(RunFigures run) {
    return point(run, run.rpoSeconds(), run.rpoObjectiveSeconds(), " s");
  }

  private static TrendPlot.Point point(
      RunFigures run, @Nullable Double value, @Nullable Double objective, String unit) {
    Verdict verdict = run.verdict() == null ? Verdict.INCONCLUSIVE : run.verdict();
    String figure = value == null ? "no figure" : Figures.decimals(value) + unit;
    return new TrendPlot.Point(
        verdict, value, objective, run.run() + ": " + verdict + ", " + figure);
  }

  private static @Nullable Double decimal(@Nullable Long value) {
    return value == null ? null : (Double) value.doubleValue();
  }
}
