package dev.drillmaster.cli;

import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.DrillReport.InjectionLine;
import dev.drillmaster.report.Figures;
import dev.drillmaster.report.Meaning;
import dev.drillmaster.report.ObjectiveState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * The sentences in which a result is told, short or whole. They say what the report says and judge
 * nothing: whether an objective was met follows from the findings, so that verdict and text cannot
 * disagree.
 *
 * @param zone for the instants that are shown
 */
record ResultWords(DrillReport report, ZoneId zone) {

  private static final String RULE = "=".repeat(PlainText.WIDTH);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);

  /** Verdict and outcome, as what is read first. */
  void head(List<String> lines) {
    lines.add(RULE);
    lines.addAll(PlainText.wrapped("  ", ended()));
    lines.addAll(PlainText.wrapped("  ", Meaning.of(report.verdict(), report.outcome())));
    lines.add(RULE);
  }

  private String ended() {
    DrillReport.Expected expected = report.expected();
    String ended = report.verdict() + ", " + report.outcome().text();
    if (expected == null) {
      return ended;
    }
    return expected.met()
        ? report.verdict() + ", as the plan expects"
        : ended + ", NOT as the plan expects";
  }

  /** When it began and how long it took. */
  String time() {
    return DAY.format(report.startedAt().atZone(zone))
        + ", took "
        + seconds(report.startedAt(), report.endedAt());
  }

  /** How much time without service was measured, and whether that is allowed. */
  String rto() {
    DrillReport.Rto rto = report.rto();
    return rto == null ? "not measured" : rto(rto);
  }

  private String rto(DrillReport.Rto rto) {
    String seen =
        rto.millis() == null
            ? "the service did not come back while it was measured"
            : rto.millis() + " ms +/- " + rto.errorMillis() + " ms without service";
    return ObjectiveState.of(report, rto).text()
        + ": "
        + seen
        + (rto.objectiveMillis() == null ? "" : "; objective " + rto.objectiveMillis() + " ms");
  }

  /** How much loss was measured, and whether that is allowed. */
  String rpo() {
    DrillReport.Rpo rpo = report.rpo();
    return rpo == null ? "not measured" : rpo(rpo);
  }

  private String rpo(DrillReport.Rpo rpo) {
    String seen =
        rpo.transactions() == 0
            ? "no acknowledged transaction lost"
            : rpo.transactions()
                + (rpo.transactions() == 1
                    ? " acknowledged transaction"
                    : " acknowledged transactions")
                + " lost, the oldest "
                + Figures.decimals(rpo.seconds())
                + " s old";
    return ObjectiveState.of(report, rpo).text()
        + ": "
        + seen
        + ", "
        + rpo.bytes()
        + " bytes of WAL"
        + (rpo.objectiveSeconds() == null
            ? ""
            : "; objective " + objective(rpo.objectiveSeconds()));
  }

  private static String objective(double seconds) {
    return seconds == 0 ? "none may be lost" : Figures.decimals(seconds) + PlainText.TIE + "s";
  }

  /** Whether a fault is over, as far as anybody knows. */
  static String healed(InjectionLine fault) {
    if (fault.healedAt() == null) {
      return "NOT HEALED as far as anybody knows: run \"./drillmaster heal\"";
    }
    String by = "healed by " + fault.healedBy();
    return fault.healVerified()
        ? by + ", verified: " + fault.seen()
        : by + ", NOT VERIFIED: " + fault.seen() + "; run \"./drillmaster heal\"";
  }

  static String seconds(Instant from, Instant to) {
    return String.format(Locale.ROOT, "%.1f s", Duration.between(from, to).toMillis() / 1000.0);
  }
}
