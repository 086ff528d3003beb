package dev.drillmaster.drill;

import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a run of a plan must end: for plans that show a weakness, and would show that it is gone if
 * they passed. What was expected changes no verdict; it decides whether the run counts as a
 * success.
 *
 * @param verdict the verdict that a run must have; to be FAILED it need not have come to its end
 * @param findings the codes of exactly those findings that it must have, each once; none if absent
 */
public record Expect(Verdict verdict, List<String> findings) {

  public Expect(Verdict verdict, @Nullable List<String> findings) {
    this.verdict = verdict;
    this.findings = findings == null ? List.of() : List.copyOf(findings);
  }

  /** Compares with how a run ended. */
  public DrillReport.Expected compare(Verdict ended, Outcome outcome, List<Finding> found) {
    Set<String> codes = found.stream().map(Finding::code).collect(Collectors.toSet());
    List<String> missing = without(Set.copyOf(findings), codes);
    List<String> extra = without(codes, Set.copyOf(findings));
    // What is not met ends a run; one that somebody stopped has a finding more, which says so.
    boolean toItsEnd =
        outcome == Outcome.COMPLETED || (outcome == Outcome.STOPPED && ended == Verdict.FAILED);
    boolean met = toItsEnd && ended == verdict && missing.isEmpty() && extra.isEmpty();
    return new DrillReport.Expected(verdict, findings, missing, extra, met);
  }

  /** In the order of the alphabet: a set has another order on each machine. */
  private static List<String> without(Set<String> some, Set<String> others) {
    Set<String> rest = new TreeSet<>(some);
    rest.removeAll(others);
    return List.copyOf(rest);
  }
}
