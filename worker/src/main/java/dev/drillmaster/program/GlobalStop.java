package dev.drillmaster.program;

import dev.drillmaster.ledger.Ledger;
import dev.drillmaster.ledger.OpenStop;
import dev.drillmaster.ledger.Permits;
import dev.drillmaster.stop.HostStopped;
import dev.drillmaster.stop.StopEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The global stop as a command writes it into the ledger: without Temporal, so that it can be done
 * whatever else is away. Every method throws a runtime exception if the database does not answer.
 */
public final class GlobalStop {

  private final CommandBooks books;
  private final Permits permits;

  /**
   * @param writer as for {@link Ledger}
   */
  public GlobalStop(DataSource writer) {
    Ledger ledger = new Ledger(writer);
    this.books = new CommandBooks(ledger);
    this.permits = new Permits(ledger);
  }

  /** The one that is in force; empty if runs are admitted. */
  public Optional<OpenStop> inForce() {
    return permits.stop();
  }

  /** From now on no run is admitted. */
  public void stop(Instant stoppedAt, String name, String reason, List<HostStopped> hosts) {
    books.write(name, new StopEvent.AllStopped(stoppedAt, reason, hosts));
  }

  /**
   * From now on runs are admitted again.
   *
   * @return what was in force; empty if nothing was, and then nothing is written
   */
  public Optional<OpenStop> resume(String name, String reason) {
    Optional<OpenStop> open = inForce();
    if (open.isPresent()) {
      books.write(name, new StopEvent.AllResumed(reason));
    }
    return open;
  }
}
