package dev.drillmaster.cli;

import dev.drillmaster.drill.CompensationReport;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.DrillReport.CompensationLine;
import dev.drillmaster.drill.DrillReport.InjectionLine;
import dev.drillmaster.drill.DrillReport.StepLine;
import dev.drillmaster.drill.Measurement;
import dev.drillmaster.drill.StepStatus;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run, for people. It says what the report says and judges nothing: whether an
 * objective was met follows from the findings, so that verdict and text cannot disagree.
 */
final class ResultText {

  private static final String RULE = "=".repeat(PlainText.WIDTH);
  private static final String INNER = "    ";
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

  private final DrillReport report;
  private final ZoneId zone;
  private final List<String> lines = new ArrayList<>();

  private ResultText(DrillReport report, ZoneId zone) {
    this.report = report;
    this.zone = zone;
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
    text.milestones();
    text.load();
    text.faults();
    text.steps();
    text.compensations();
    text.findings();
    text.next();
    return String.join("\n", text.lines);
  }

  private void head() {
    lines.add(RULE);
    add("  ", ended());
    add("  ", meaning());
    lines.add(RULE);
    add("  plan  ", report.plan());
    add("  run   ", report.run());
    if (report.expected() != null) {
      add("  wants ", report.expected().described());
    }
    String took = seconds(report.startedAt(), report.endedAt());
    add("  time  ", DAY.format(report.startedAt().atZone(zone)) + ", took " + took);
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

  private String meaning() {
    String found =
        switch (report.verdict()) {
          case PASSED -> "The system did what the plan asks.";
          case INCONCLUSIVE -> "Nothing was proved either way.";
          case FAILED -> "The system did not do what the plan asks.";
        };
    String ended =
        switch (report.outcome()) {
          case COMPLETED -> "All steps were gone through.";
          case STOPPED -> "The run was ended early.";
          case REFUSED -> "The run was refused: nothing was done.";
          case HANDED_OVER -> "Something could not be put right: a person must act.";
        };
    return found + " " + ended;
  }

  private void objectives() {
    section("Objectives");
    DrillReport.Rto rto = report.rto();
    DrillReport.Rpo rpo = report.rpo();
    add("  RTO  ", rto == null ? "not measured" : rto(rto));
    add("  RPO  ", rpo == null ? "not measured" : rpo(rpo));
  }

  private String rto(DrillReport.Rto rto) {
    String state = state(rto.objectiveMillis(), "no-recovery", "rto-missed", "rto-uncertain");
    String seen =
        rto.millis() == null
            ? "the service did not come back while it was measured"
            : rto.millis() + " ms +/- " + rto.errorMillis() + " ms without service";
    return state
        + seen
        + (rto.objectiveMillis() == null ? "" : "; objective " + rto.objectiveMillis() + " ms");
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
                + decimals(rpo.seconds())
                + " s old";
    return state(rpo.objectiveSeconds(), "rpo-missed")
        + seen
        + ", "
        + rpo.bytes()
        + " bytes of WAL"
        + (rpo.objectiveSeconds() == null
            ? ""
            : "; objective " + objective(rpo.objectiveSeconds()));
  }

  private static String objective(double seconds) {
    return seconds == 0 ? "none may be lost" : decimals(seconds) + " s";
  }

  /** A run that was not completed was not judged: then a measurement is only that. */
  private String state(@Nullable Object objective, String... missed) {
    for (Finding finding : report.findings()) {
      if (Set.of(missed).contains(finding.code())) {
        return finding.code().endsWith("uncertain") ? "UNCERTAIN: " : "MISSED: ";
      }
    }
    boolean judged = objective != null && report.outcome() == Outcome.COMPLETED;
    return judged ? "met: " : "measured: ";
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
            + decimals(fault.boundSeconds())
            + " s (lease "
            + decimals(fault.leaseSeconds())
            + " s)");
    add(INNER, injected(fault));
    add(INNER, healed(fault));
  }

  private String injected(InjectionLine fault) {
    if (fault.injectedAt() == null) {
      return "was not seen in force";
    }
    String from = "in force from " + instant(fault.injectedAt());
    if (fault.healedAt() == null || !fault.healVerified()) {
      return from;
    }
    String held = seconds(fault.injectedAt(), fault.healedAt());
    return from + " to " + instant(fault.healedAt()) + ", " + held;
  }

  private static String healed(InjectionLine fault) {
    if (fault.healedAt() == null) {
      return "NOT HEALED as far as anybody knows: run \"./drillmaster heal\"";
    }
    String by = "healed by " + fault.healedBy();
    return fault.healVerified()
        ? by + ", verified: " + fault.seen()
        : by + ", NOT VERIFIED: " + fault.seen() + "; run \"./drillmaster heal\"";
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

  private static String seconds(Instant from, Instant to) {
    return String.format(Locale.ROOT, "%.1f s", Duration.between(from, to).toMillis() / 1000.0);
  }

  /** To the millisecond, without zeros at the end. */
  private static String decimals(double seconds) {
    String text = String.format(Locale.ROOT, "%.3f", seconds);
    return text.replaceAll("\\.?0+$", "");
  }
}
