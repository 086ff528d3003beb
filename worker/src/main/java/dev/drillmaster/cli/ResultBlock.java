package dev.drillmaster.cli;

import dev.drillmaster.drill.CompensationReport;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.DrillReport.CompensationLine;
import dev.drillmaster.drill.DrillReport.InjectionLine;
import dev.drillmaster.drill.DrillReport.StepLine;
import dev.drillmaster.drill.Measurement;
import dev.drillmaster.drill.StepStatus;
import dev.drillmaster.verdict.Finding;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What came of a run, on one screen of 80 columns and {@value #ROWS} rows: verdict, objectives and
 * findings first, then one line for each of the rest. Findings that do not fit are counted; {@link
 * ResultText} tells all.
 */
final class ResultBlock {

  /** Of the smallest terminal that people still use; one row is for the prompt. */
  static final int ROWS = 24;

  private final DrillReport report;
  private final ResultWords words;

  private ResultBlock(DrillReport report, ZoneId zone) {
    this.report = report;
    this.words = new ResultWords(report, zone);
  }

  /**
   * The text, without a line end after its last line.
   *
   * @param zone for the instants that are shown
   */
  static String of(DrillReport report, ZoneId zone) {
    ResultBlock block = new ResultBlock(report, zone);
    List<String> lines = block.first();
    List<String> rest = block.rest();
    // Besides them: an empty row above this text, one between, and the prompt.
    lines.addAll(block.findings(ROWS - lines.size() - rest.size() - 3));
    lines.add("");
    lines.addAll(rest);
    return String.join("\n", lines);
  }

  private List<String> first() {
    List<String> lines = new ArrayList<>();
    words.head(lines);
    add(lines, "plan", report.plan() + ", " + words.time());
    add(lines, "run", report.run());
    if (report.expected() != null && !report.expected().met()) {
      add(lines, "wants", report.expected().described());
    }
    add(lines, "RTO", words.rto());
    add(lines, "RPO", words.rpo());
    return lines;
  }

  /** As many as there is room for, but always the first. */
  private List<String> findings(int room) {
    List<String> lines = new ArrayList<>();
    if (report.findings().isEmpty()) {
      add(lines, "findings", "none");
      return lines;
    }
    lines.add("");
    int told = 0;
    for (Finding finding : report.findings()) {
      List<String> one = finding(finding);
      boolean last = told == report.findings().size() - 1;
      if (told > 0 && lines.size() + one.size() > room - (last ? 0 : 1)) {
        break;
      }
      lines.addAll(one);
      told++;
    }
    int left = report.findings().size() - told;
    if (left > 0) {
      lines.add("  and " + left + " more, told above and in compliance.findings");
    }
    return lines;
  }

  private static List<String> finding(Finding finding) {
    List<String> lines = new ArrayList<>();
    lines.addAll(
        PlainText.wrapped(
            "  ", finding.code() + " (" + finding.verdict() + "): " + finding.summary()));
    lines.addAll(PlainText.wrapped("    to do: ", finding.remedy()));
    return lines;
  }

  private List<String> rest() {
    List<String> lines = new ArrayList<>();
    Measurement measured = report.measurement();
    if (measured != null) {
      marks(lines, measured);
      load(lines, measured);
    }
    report.injections().forEach(fault -> add(lines, "fault", fault(fault)));
    steps(lines);
    rollback(lines);
    add(lines, "more", "./drillmaster report, or the audit trail: ./drillmaster db url");
    return lines;
  }

  private static void marks(List<String> lines, Measurement measured) {
    if (!measured.milestones().isEmpty()) {
      String marks =
          measured.milestones().entrySet().stream()
              .sorted(Map.Entry.comparingByValue())
              .map(mark -> mark.getKey() + PlainText.TIE + mark.getValue() + PlainText.TIE + "ms")
              .collect(Collectors.joining(", "));
      add(lines, "outage", marks);
    }
  }

  private static void load(List<String> lines, Measurement measured) {
    add(
        lines,
        "load",
        measured.attempts()
            + " sent, "
            + measured.acknowledged()
            + " acknowledged; "
            + measured.unexpectedRows()
            + " rows nobody sent, "
            + measured.duplicateRows()
            + " twice");
    if (measured.failBackGapMillis() != null) {
      add(lines, "fail back", measured.failBackGapMillis() + " ms without writes");
    }
  }

  private static String fault(InjectionLine fault) {
    String what = fault.mechanism() + " on " + fault.target();
    return fault.healedAt() == null || !fault.healVerified()
        ? what + ": " + ResultWords.healed(fault)
        : what
            + (fault.injectedAt() == null
                ? ": was not seen in force"
                : " for " + ResultWords.seconds(fault.injectedAt(), fault.healedAt()))
            + ", healed by "
            + fault.healedBy()
            + ", verified";
  }

  private void steps(List<String> lines) {
    if (report.steps().isEmpty()) {
      return;
    }
    long met = report.steps().stream().filter(step -> step.status() == StepStatus.MET).count();
    String others =
        report.steps().stream()
            .filter(step -> step.status() != StepStatus.MET)
            .map(ResultBlock::step)
            .collect(Collectors.joining(", "));
    add(
        lines,
        "steps",
        report.steps().size()
            + " begun, "
            + met
            + " met"
            + (others.isEmpty() ? "" : "; " + others));
  }

  private static String step(StepLine step) {
    return StepText.status(step.status()) + ": " + step.path() + " " + step.kind();
  }

  /** What was done without trouble is counted; what was not is told. */
  private void rollback(List<String> lines) {
    long done = count(CompensationReport.State.DONE);
    if (done > 0) {
      add(lines, "rollback", done + (done == 1 ? " thing" : " things") + " put right");
    }
    for (CompensationLine line : report.compensations()) {
      if (line.state() == CompensationReport.State.FAILED) {
        add(lines, "rollback", "FAILED: " + line.path() + " " + line.kind() + ": " + line.detail());
      }
    }
  }

  private long count(CompensationReport.State state) {
    return report.compensations().stream().filter(line -> line.state() == state).count();
  }

  private static void add(List<String> lines, String label, String text) {
    lines.addAll(PlainText.wrapped(String.format(Locale.ROOT, "  %-10s", label), text));
  }
}
