package dev.drillmaster.stop;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody wants everything stopped.
 *
 * @param hosts the hosts that heal at once, by name
 * @param runs runs and campaigns that are told to stop before the ledger is asked which there are,
 *     by workflow id
 * @param name who stops, as declared
 * @param reason why; a stop without a reason is carried out all the same, and recorded so
 */
public record StopRequest(List<String> hosts, List<String> runs, String name, String reason) {

  /** What the JSON lacks becomes empty: nothing keeps a stop from being carried out. */
  public StopRequest(
      @Nullable List<String> hosts,
      @Nullable List<String> runs,
      @Nullable String name,
      @Nullable String reason) {
    this.hosts = hosts == null ? List.of() : List.copyOf(hosts);
    this.runs = runs == null ? List.of() : List.copyOf(runs);
    this.name = name == null || name.isBlank() ? "somebody" : name;
    this.reason = reason == null || reason.isBlank() ? "no reason was given" : reason;
  }
}
