package dev.drillmaster.stop;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a stop of everything is; also what comes of it.
 *
 * @param wanted the hosts that were told to heal
 * @param hosts those of them that have answered, or did not answer in time
 * @param told runs and campaigns that have taken the signal to stop
 * @param gone those of them that were over already, or that the server does not know
 * @param recorded whether the ledger holds the stop, so that no run is admitted
 * @param waiting why the ledger does not hold it yet, if that is known; else null
 */
public record StopStatus(
    List<String> wanted,
    List<HostStopped> hosts,
    List<String> told,
    List<String> gone,
    boolean recorded,
    @Nullable String waiting) {

  public StopStatus {
    wanted = List.copyOf(wanted);
    hosts = List.copyOf(hosts);
    told = List.copyOf(told);
    gone = List.copyOf(gone);
  }

  /** Whether every host has answered, or had its time to. */
  public boolean allHosts() {
    return hosts.size() == wanted.size();
  }
}
