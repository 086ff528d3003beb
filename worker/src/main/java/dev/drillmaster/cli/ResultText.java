package dev.drillmaster.cli;

import dev.drillmaster.drill.CompensationReport;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.DrillReport.CompensationLine;
import dev.drillmaster.drill.DrillReport.InjectionLine;
import dev.drillmaster.drill.DrillReport.StepLine;
import dev.drillmaster.drill.Measurement;
import dev.drillmaster.drill.Resilience;
import dev.drillmaster.drill.StepStatus;
import dev.drillmaster.report.Figures;
import dev.drillmaster.verdict.Finding;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All that came of a run, for people; {@link ResultBlock} is the short form. */
final class ResultText {

  private static final String INNER = "    ";
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

  private final DrillReport report;
  private final ZoneId zone;
  private final ResultWords words;
  private final List<String> lines = new ArrayList<>();

  private ResultText(DrillReport report, ZoneId zone) {
    this.report = report;
    this.zone = zone;
    this.words = new ResultWords(report, zone);
  }

  /**
   * The text, without a line end after its last line.
   *
   * @param zone for the instants that are shown
   */
  static String of(DrillReport report, ZoneId zone) {
    ResultText text = new ResultText(report, zone);
    text.head();
    text.objectives();
    text.resilience();
    text.findings();
    text.milestones();
    text.load();
    text.faults();
    text.steps();
    text.compensations();
    text.next();
    return String.join("\n", text.lines);
  }

  private void head() {
    words.head(lines);
    add("  plan  ", report.plan());
    add("  run   ", report.run());
    if (report.expected() != null) {
      add("  wants ", report.expected().described());
    }
    add("  time  ", words.time());
  }

  private void objectives() {
    section("Objectives");
    add("  RTO  ", words.rto());
    add("  RPO  ", words.rpo());
  }

  private void resilience() {
    Resilience.of(report)
        .ifPresent(
            score -> {
              section("Resilience");
              add("  ", score.described());
            });
  }

  private void milestones() {
    Measurement measured = report.measurement();
    if (measured == null || measured.milestones().isEmpty()) {
      return;
    }
    section("Milestones, from the last success before the outage");
    measured.milestones().entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(
            mark ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "  %-22s%8d ms",
                        PlainText.oneLine(mark.getKey()),
                        mark.getValue())));
  }

  private void load() {
    Measurement measured = report.measurement();
    if (measured == null) {
      return;
    }
    section("Load");
    add(
        "  ",
        measured.attempts()
            + " transactions sent, "
            + measured.acknowledged()
            + " acknowledged, "
            + measured.recoveredTransactions()
            + " unanswered but committed");
    add(
        "  ",
        measured.unexpectedRows()
            + " rows that nobody sent, "
            + measured.duplicateRows()
            + " duplicates");
    if (measured.failBackGapMillis() != null) {
      add("  ", measured.failBackGapMillis() + " ms without writes during the planned fail back");
    }
  }

  private void faults() {
    section("Faults");
    if (report.injections().isEmpty()) {
      add("  ", "none was injected");
    }
    report.injections().forEach(this::fault);
  }

  private void fault(InjectionLine fault) {
    add("  ", fault.faultType() + " (" + fault.mechanism() + ") on " + fault.target());
    add(INNER, "injection " + fault.id());
    add(
        INNER,
        "could outlive everything by at most "
            + Figures.decimals(fault.boundSeconds())
            + " s (lease "
            + Figures.decimals(fault.leaseSeconds())
            + " s)");
    add(INNER, injected(fault));
    add(INNER, ResultWords.healed(fault));
  }

  private String injected(InjectionLine fault) {
    if (fault.injectedAt() == null) {
      return "was not seen in force";
    }
    String from = "in force from " + instant(fault.injectedAt());
    if (fault.healedAt() == null || !fault.healVerified()) {
      return from;
    }
    String held = ResultWords.seconds(fault.injectedAt(), fault.healedAt());
    return from + " to " + instant(fault.healedAt()) + ", " + held;
  }

  private void steps() {
    if (report.steps().isEmpty()) {
      return;
    }
    section("Steps");
    long met = report.steps().stream().filter(step -> step.status() == StepStatus.MET).count();
    add("  ", report.steps().size() + " begun, " + met + " met");
    report.steps().stream()
        .filter(step -> step.status() != StepStatus.MET)
        .forEach(step -> add(label(StepText.status(step.status())), described(step)));
  }

  private static String described(StepLine step) {
    return step.path() + " " + StepText.named(step);
  }

  private void compensations() {
    if (report.compensations().isEmpty()) {
      return;
    }
    section("Rollback");
    List<CompensationLine> acted =
        report.compensations().stream()
            .filter(line -> line.state() != CompensationReport.State.NOT_NEEDED)
            .toList();
    if (acted.isEmpty()) {
      add("  ", report.compensations().size() + " compensations looked and found nothing to do");
    }
    for (CompensationLine line : acted) {
      boolean done = line.state() == CompensationReport.State.DONE;
      add(label(done ? "done" : "FAILED"), line.path() + " " + line.kind() + ": " + line.detail());
    }
  }

  private void findings() {
    section("Findings");
    if (report.findings().isEmpty()) {
      add("  ", "none");
    }
    for (Finding finding : report.findings()) {
      add(
          "  ",
          finding.code()
              + " ("
              + finding.severity().name().toLowerCase(Locale.ROOT)
              + ", "
              + finding.verdict()
              + ")");
      add(INNER, finding.summary());
      add(INNER + "to do: ", finding.remedy());
    }
  }

  private void next() {
    section("Where to look next");
    add("  ", "./drillmaster report " + report.run());
    add("  ", "this run as a page for a browser, with its timeline");
    add("  ./drillmaster db url  ", "the audit trail in PostgreSQL, for psql and others:");
    add("  ", "select * from compliance.audit_trail");
    add("  ", "where run_id = '" + report.runId() + "' order by recorded_at");
  }

  private void section(String title) {
    lines.add("");
    lines.add(title);
  }

  private void add(String label, String text) {
    lines.addAll(PlainText.wrapped(label, text));
  }

  private static String label(String word) {
    return String.format(Locale.ROOT, "  %-10s", word);
  }

  private String instant(Instant instant) {
    return INSTANT.format(instant.atZone(zone));
  }
}
