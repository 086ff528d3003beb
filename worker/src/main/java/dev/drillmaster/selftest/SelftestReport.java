package dev.drillmaster.selftest;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What came of a selftest.
 *
 * @param seed with which it can be repeated
 * @param checks in the order in which they were made
 */
public record SelftestReport(long seed, List<Check> checks) {

  /** Copies the list. */
  public SelftestReport {
    checks = List.copyOf(checks);
  }

  /** Whether the instrument may be trusted: something was checked, and nothing was found broken. */
  @JsonProperty
  public boolean passed() {
    return checks.stream().anyMatch(check -> check.result() == Check.Result.HELD)
        && checks.stream().noneMatch(check -> check.result() == Check.Result.BROKEN);
  }
}
