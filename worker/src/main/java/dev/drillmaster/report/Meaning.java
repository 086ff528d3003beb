package dev.drillmaster.report;

import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;

/** What a verdict and an outcome mean, in two sentences. */
public final class Meaning {

  private Meaning() {}

  public static String of(Verdict verdict, Outcome outcome) {
    String found =
        switch (verdict) {
          case PASSED -> "The system did what the plan asks.";
          case INCONCLUSIVE -> "Nothing was proved either way.";
          case FAILED -> "The system did not do what the plan asks.";
        };
    String ended =
        switch (outcome) {
          case COMPLETED -> "All steps were gone through.";
          case STOPPED -> "The run was ended early.";
          case REFUSED -> "The run was refused: nothing was done.";
          case HANDED_OVER -> "Something could not be put right: a person must act.";
        };
    return found + " " + ended;
  }
}
