package dev.drillmaster.agent;

import java.util.UUID;

/**
 * One agent, for as long as its process lives.
 *
 * @param host the host that it acts for
 * @param process its process: pid and start time in ticks since boot, as {@code pid:ticks}
 * @param home identifies the directory of its journal; all zero if that cannot be written
 * @param journalFormat the version of the journal's format; 0 if it cannot be read
 * @param policyDigest see {@code Policy}: two agents with the same digest allow the same
 */
public record AgentIdentity(
    String host, String process, UUID home, int journalFormat, String policyDigest) {

  /** Whether it is the very same agent, whatever its journal and policy are. */
  public boolean isSame(AgentIdentity other) {
    return host.equals(other.host) && process.equals(other.process) && home.equals(other.home);
  }

  /** The same in one word, for whoever only compares. */
  public String named() {
    return host + "/" + process + "/" + home;
  }

  /** The process id, without the start time. */
  public String pid() {
    return process.substring(0, Math.max(0, process.indexOf(':')));
  }
}
