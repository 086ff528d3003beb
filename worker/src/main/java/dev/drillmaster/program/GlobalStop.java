package dev.drillmaster.program;

import dev.drillmaster.audit.Assurance;
import dev.drillmaster.audit.AuditBatch;
import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.audit.AuditEvent;
import dev.drillmaster.ledger.Ledger;
import dev.drillmaster.ledger.OpenStop;
import dev.drillmaster.ledger.Permits;
import dev.drillmaster.stop.HostStopped;
import dev.drillmaster.stop.StopEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The global stop as a command writes it into the ledger: without Temporal, so that it can be done
 * whatever else is away. Every method throws a runtime exception if the database does not answer.
 */
public final class GlobalStop {

  private final Ledger ledger;
  private final Permits permits;

  /**
   * @param writer as for {@link Ledger}
   */
  public GlobalStop(DataSource writer) {
    this.ledger = new Ledger(writer);
    this.permits = new Permits(ledger);
  }

  /** The one that is in force; empty if runs are admitted. */
  public Optional<OpenStop> inForce() {
    return permits.stop();
  }

  /** From now on no run is admitted. */
  public void stop(Instant stoppedAt, String name, String reason, List<HostStopped> hosts) {
    write(name, new StopEvent.AllStopped(stoppedAt, reason, hosts));
  }

  /**
   * From now on runs are admitted again.
   *
   * @return what was in force; empty if nothing was, and then nothing is written
   */
  public Optional<OpenStop> resume(String name, String reason) {
    Optional<OpenStop> open = inForce();
    if (open.isPresent()) {
      write(name, new StopEvent.AllResumed(reason));
    }
    return open;
  }

  private void write(String name, AuditEvent event) {
    // A command belongs to no run: it is one by itself, in the audit trail.
    UUID command = UUID.randomUUID();
    Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
    LocalDate month = now.atZone(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
    ledger.record(
        new AuditBatch(
            List.of(
                new AuditEntry(
                    command, command, command, month, now, name, Assurance.DECLARED, event))));
  }
}
