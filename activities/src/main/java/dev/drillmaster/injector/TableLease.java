package dev.drillmaster.injector;

import dev.drillmaster.network.TimedTable;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The time of a table, kept by the kernel. */
final class TableLease extends TargetLease {

  private static final Logger LOG = LoggerFactory.getLogger(TableLease.class);

  private final TimedTable table;

  TableLease(TimedTable table) {
    super(table.time());
    this.table = table;
  }

  @Override
  boolean extend() {
    try {
      table.renew();
      return true;
    } catch (IOException lapsed) {
      LOG.warn("table {} cannot be renewed: {}", table.name(), lapsed.getMessage());
      return false;
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Also when nothing was ever begun: no heal looks for what was only armed. */
  @Override
  public void close() {
    try {
      table.remove();
    } catch (IOException notNow) {
      LOG.warn("table {} stays, without effect when its time is over", table.name(), notNow);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }
}
