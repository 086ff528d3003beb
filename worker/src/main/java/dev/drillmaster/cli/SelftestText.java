package dev.drillmaster.cli;

import dev.drillmaster.selftest.Check;
import dev.drillmaster.selftest.SelftestReport;

/** What a selftest checked, for people. */
final class SelftestText {

  private SelftestText() {}

  static String of(Check check) {
    String word =
        switch (check.result()) {
          case HELD -> "  ok      ";
          case BROKEN -> "  BROKEN  ";
          case NOT_EXERCISED -> "  -       ";
        };
    String measured =
        check.result() == Check.Result.NOT_EXERCISED ? "not exercised: " : "measured: ";
    return String.join("\n", PlainText.wrapped(word, check.name()))
        + "\n"
        + String.join("\n", PlainText.wrapped("          expected: ", check.expected()))
        + "\n"
        + String.join("\n", PlainText.wrapped("          " + measured, check.measured()));
  }

  static String end(SelftestReport report) {
    long broken = count(report, Check.Result.BROKEN);
    long left = count(report, Check.Result.NOT_EXERCISED);
    return "\n"
        + (report.passed() ? "PASSED" : "FAILED")
        + ": of "
        + report.checks().size()
        + " checks "
        + count(report, Check.Result.HELD)
        + " hold, "
        + broken
        + " do not, "
        + left
        + " could not be made here; seed "
        + report.seed();
  }

  private static long count(SelftestReport report, Check.Result result) {
    return report.checks().stream().filter(check -> check.result() == result).count();
  }
}
