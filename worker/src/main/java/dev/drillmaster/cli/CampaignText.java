package dev.drillmaster.cli;

import dev.drillmaster.campaign.CampaignReport;
import dev.drillmaster.campaign.CampaignRun;
import dev.drillmaster.campaign.Figures;
import dev.drillmaster.campaign.Wanted;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A campaign for people: each run in a line when it is over, and figures over all of them. */
final class CampaignText {

  private static final String RULE = "=".repeat(PlainText.WIDTH);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);

  /** The longest name of a plan that leaves room for its figures on the same line. */
  private static final int NAME = 26;

  private final CampaignReport report;
  private final ZoneId zone;
  private final List<String> lines = new ArrayList<>();

  private CampaignText(CampaignReport report, ZoneId zone) {
    this.report = report;
    this.zone = zone;
  }

  /**
   * The text, without a line end after its last line.
   *
   * @param zone for the instants that are shown
   */
  static String of(CampaignReport report, ZoneId zone) {
    CampaignText text = new CampaignText(report, zone);
    text.head();
    text.figures();
    text.notAsExpected();
    text.next();
    return String.join("\n", text.lines);
  }

  /** The runs that are asked for, such as {@code 5 runs of postgres-failover}. */
  static String wanted(List<Wanted> wanted) {
    return wanted.stream().map(CampaignText::wanted).collect(Collectors.joining(", "));
  }

  private static String wanted(Wanted wanted) {
    return wanted.runs() + (wanted.runs() == 1 ? " run of " : " runs of ") + wanted.plan();
  }

  /**
   * A run that is over: one line, and more if it did not end as its plan wants it.
   *
   * @param runs how many the campaign is to make
   */
  static List<String> progress(CampaignRun run, int runs) {
    String head = "run " + run.number() + " of " + runs + ": ";
    List<String> lines = new ArrayList<>(PlainText.wrapped(head, ended(run) + measured(run)));
    lines.addAll(PlainText.wrapped("  ", run.run()));
    if (!run.expected()) {
      lines.addAll(why(run));
    }
    return lines;
  }

  private static String ended(CampaignRun run) {
    if (run.verdict() == Verdict.PASSED) {
      return run.expected() ? "PASSED" : "PASSED, which the plan does not expect";
    }
    return run.expected()
        ? run.verdict() + ", as the plan expects"
        : run.verdict() + ", " + run.outcome().text();
  }

  private static String measured(CampaignRun run) {
    String rto = "";
    if (run.rto() != null) {
      Long millis = run.rto().millis();
      rto =
          millis == null
              ? ", the service did not come back"
              : ", RTO " + millis + " ms +/- " + run.rto().errorMillis() + " ms";
    }
    return rto + (run.rpo() == null ? "" : ", " + run.rpo().transactions() + " lost");
  }

  private static List<String> why(CampaignRun run) {
    List<String> lines = new ArrayList<>();
    if (!run.findings().isEmpty()) {
      lines.addAll(PlainText.wrapped("  findings: ", String.join(", ", run.findings())));
    }
    if (!run.note().isEmpty()) {
      lines.addAll(PlainText.wrapped("  ", run.note()));
    }
    return lines;
  }

  private void head() {
    lines.add(RULE);
    boolean stopped = report.outcome() == Outcome.STOPPED;
    String expected = report.expected() ? "AS EXPECTED" : "NOT AS EXPECTED";
    add("  ", (stopped ? "STOPPED" : expected) + ", " + report.summary());
    lines.add(RULE);
    add("  campaign  ", report.campaign());
    double took = Duration.between(report.startedAt(), report.endedAt()).toMillis() / 1000.0;
    add(
        "  time      ",
        DAY.format(report.startedAt().atZone(zone))
            + String.format(Locale.ROOT, ", took %.1f s", took));
  }

  private void figures() {
    lines.add("");
    lines.add("Figures (RTO in ms; p50 and p95 by nearest rank; lost transactions)");
    if (report.plans().isEmpty()) {
      lines.add("  no run was made");
      return;
    }
    row("plan", "n", "expected", "worst", "+/-", "p50", "p95", "lost");
    report.plans().forEach(plan -> figures(plan.plan(), plan.figures()));
  }

  private void figures(String plan, Figures figures) {
    String name = PlainText.oneLine(plan);
    if (name.length() > NAME) {
      lines.add("  " + name);
      name = "";
    }
    row(
        name,
        figures.runs(),
        figures.expected(),
        rto(figures, figures.rtoWorstMillis()),
        number(figures.rtoErrorWorstMillis()),
        rto(figures, figures.rtoP50Millis()),
        rto(figures, figures.rtoP95Millis()),
        number(figures.rpoWorstTransactions()));
    if (figures.measured() < figures.runs()) {
      int without = figures.runs() - figures.measured();
      lines.add("    " + without + " of these runs measured nothing");
    }
  }

  private void row(Object... cells) {
    lines.add(String.format(Locale.ROOT, "  %-26s%5s%9s%8s%6s%7s%7s%7s", cells));
  }

  private static String rto(Figures figures, @Nullable Long millis) {
    return millis == null && figures.measured() > 0 ? "never" : number(millis);
  }

  private static String number(@Nullable Long number) {
    return number == null ? "-" : number.toString();
  }

  private void notAsExpected() {
    List<CampaignRun> some = report.runs().stream().filter(run -> !run.expected()).toList();
    if (some.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("Not as expected");
    for (CampaignRun run : some) {
      add("  " + run.number() + "  ", run.run() + ": " + ended(run));
      why(run).forEach(line -> lines.add("   " + line));
    }
  }

  private void next() {
    lines.add("");
    lines.add("Where to look next");
    add("  ./drillmaster db url  ", "the runs in PostgreSQL, for psql and others:");
    add("  ", "select * from compliance.drills");
    add("  ", "where campaign = '" + report.campaign() + "' order by started_at");
  }

  private void add(String label, String text) {
    lines.addAll(PlainText.wrapped(label, text));
  }
}
