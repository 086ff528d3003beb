package dev.drillmaster.drill;

import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Severity;
import dev.drillmaster.verdict.Verdict;

/**
 * The ledger had lost what it had taken, such as by a restore from a backup. Whatever is written
 * again is complete, and proves less: what was lost once may have been changed.
 */
public final class LedgerBehind {

  /** The stable name of the finding. */
  public static final String CODE = "ledger-behind";

  private LedgerBehind() {}

  /** Found by the run itself, which has written its books again. */
  static Finding writtenAgain() {
    return finding("the ledger had lost what this run had written: the run wrote it again");
  }

  /** Found by whoever sees that Temporal knows more. */
  public static Finding endedItself(String status) {
    return finding(
        "the run " + status + ", and closed its books before that: the ledger has lost it");
  }

  /** Found by comparing the journal of a host with the ledger. */
  public static Finding unknown(InjectionSpec injection) {
    return finding(
        "the ledger had lost the injection on "
            + injection.target()
            + " of host "
            + injection.host()
            + ": it was written again from the journal of the host");
  }

  private static Finding finding(String summary) {
    return new Finding(
        CODE,
        Severity.HIGH,
        Verdict.INCONCLUSIVE,
        summary,
        "find out why the ledger lost it, such as a restore from a backup, and run the plan again");
  }
}
