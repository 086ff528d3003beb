package dev.drillmaster.program;

import dev.drillmaster.guard.GuardEvent;
import dev.drillmaster.guard.SystemLimits;
import dev.drillmaster.ledger.Ledger;
import dev.drillmaster.ledger.Permits;
import javax.sql.DataSource;

/** The limits that hold for all runs, as a command sees and changes them. */
public final class LimitsOfAll {

  private final CommandBooks books;
  private final Permits permits;

  /**
   * @param writer as for {@link Ledger}
   */
  public LimitsOfAll(DataSource writer) {
    Ledger ledger = new Ledger(writer);
    this.books = new CommandBooks(ledger);
    this.permits = new Permits(ledger);
  }

  /** Those that hold now. */
  public SystemLimits now() {
    return permits.limits();
  }

  /**
   * They hold for every admission from now on; nobody who was admitted loses his permit.
   *
   * @param name who changes them, as declared
   */
  public void change(SystemLimits limits, String name, String reason) {
    books.write(name, new GuardEvent.LimitsChanged(limits, reason));
  }
}
