package dev.drillmaster.system;

import dev.drillmaster.journal.HostJournal;
import dev.drillmaster.target.Targets;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The two servers of a system, and who of them may be primary.
 *
 * @param journal the journal of their host, with locks and fences
 * @param targets where the nodes are defined
 * @param system the system
 */
public record Pair(HostJournal journal, Targets targets, SystemDefinition system) {

  /**
   * What settling did.
   *
   * @param changed whether anything had to be done
   * @param primary the node that is primary now
   * @param standby the node that streams from it
   * @param detail what was done, in one line for people
   */
  public record Settled(boolean changed, String primary, String standby, String detail) {}

  /**
   * Brings the pair to one primary, one standby that streams, and traffic to the primary. A
   * promotion that began is completed, a fence without a promotion is lifted. Looks first, changes
   * only what is not as wanted, and can be done again after an interruption anywhere.
   *
   * @throws IOException if that end was not reached, saying what a person must do
   */
  public Settled settle(Duration bound) throws IOException, SQLException, InterruptedException {
    throw new IOException("being written");
  }
}
