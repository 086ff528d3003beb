package dev.drillmaster.stop;

import dev.drillmaster.injection.HealAllReport;
import org.jspecify.annotations.Nullable;

/**
 * What one host did when everything was stopped.
 *
 * @param host its name
 * @param report what became of all that it held; null if it gave no account
 * @param problem why it gave no account; empty if it did
 */
public record HostStopped(String host, @Nullable HealAllReport report, String problem) {

  /** Whether it is known that nothing is in force on this host any more. */
  public boolean nothingLeft() {
    return report != null
        && report.failed().isEmpty()
        && report.verified() == report.healed().size();
  }
}
