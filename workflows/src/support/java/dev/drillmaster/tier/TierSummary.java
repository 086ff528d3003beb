package dev.drillmaster.tier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** The last lines of a build: each tier's tests over all modules, the coverage, and the sum. */
public record TierSummary(List<String> lines) {

  /**
   * Prints the summary of a build. Arguments: the directory of the modules, the build's name, the
   * directory of the coverage report (which need not be there).
   */
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    Path report = Path.of(arguments[2]);
    List<ClassResult> results = ResultFile.resultsBelow(root, arguments[1]);
    if (results.isEmpty()) {
      // A report would be that of an earlier build.
      new TierSummary(List.of("no tests ran")).print();
      return;
    }
    TierSummary summary = of(results);
    if (Files.exists(report.resolve("jacoco.csv"))) {
      String page = root.relativize(report.resolve("index.html")).toString();
      List<String> rows = Files.readAllLines(report.resolve("jacoco.csv"));
      summary.lines().add(summary.lines().size() - 1, coverage(rows, page));
    }
    summary.print();
  }

  static TierSummary of(List<ClassResult> results) {
    List<String> lines = new ArrayList<>();
    for (String tier : Tier.NAMES) {
      lines.addAll(tier(tier, results.stream().filter(each -> each.tier().equals(tier)).toList()));
    }
    lines.add(
        "%d passed, %d failed, %d skipped"
            .formatted(
                sum(results, ClassResult::passed),
                sum(results, ClassResult::failed),
                sum(results, ClassResult::skipped)));
    return new TierSummary(lines);
  }

  private static List<String> tier(String tier, List<ClassResult> results) {
    List<String> lines = new ArrayList<>();
    long run = sum(results, each -> each.passed() + each.failed());
    long skipped = sum(results, ClassResult::skipped);
    double seconds = sum(results, ClassResult::milliseconds) / 1000.0;
    lines.add(
        String.format(
            Locale.ROOT, "tier %-6s %5d tests %4d skipped %5.0f s", tier, run, skipped, seconds));
    results.stream()
        .flatMap(each -> each.reasons().stream())
        .distinct()
        .forEach(reason -> lines.add("  skipped, " + reason));
    return lines;
  }

  private static long sum(List<ClassResult> results, ToLongFunction<ClassResult> number) {
    return results.stream().mapToLong(number).sum();
  }

  /**
   * The coverage in one line.
   *
   * @param rows of JaCoCo's CSV, the first with the columns' names
   */
  static String coverage(List<String> rows, String page) {
    List<String> columns = List.of(rows.get(0).split(",", -1));
    long missed = 0;
    long covered = 0;
    for (String row : rows.subList(1, rows.size())) {
      String[] fields = row.split(",", -1);
      missed += Long.parseLong(fields[columns.indexOf("LINE_MISSED")]);
      covered += Long.parseLong(fields[columns.indexOf("LINE_COVERED")]);
    }
    double percent = 100.0 * covered / Math.max(1, missed + covered);
    return String.format(
        Locale.ROOT, "coverage: %.1f %% of %d lines (%s)", percent, missed + covered, page);
  }

  @SuppressWarnings("SystemOut")
  void print() {
    lines.forEach(System.out::println);
  }
}
