package dev.drillmaster.program;

import dev.drillmaster.database.LedgerDatabase;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the ledger's database again if it dies while runs need it. A database that is only silent
 * is left alone: it may come back by itself, and killing it could lose what it was about to write.
 */
final class LedgerKeeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LedgerKeeper.class);
  private static final long LOOK_SECONDS = 1;

  private final LedgerDatabase database;
  private final CountDownLatch over = new CountDownLatch(1);

  LedgerKeeper(LedgerDatabase database) {
    this.database = database;
    Thread thread = new Thread(this::keep, "ledger-keeper");
    thread.setDaemon(true);
    thread.start();
  }

  private void keep() {
    try {
      while (!over.await(LOOK_SECONDS, TimeUnit.SECONDS)) {
        look();
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    try {
      if (!database.isRunning()) {
        LOG.warn("the ledger's database has died: starting it");
        database.start();
      }
    } catch (IOException | RuntimeException failed) {
      LOG.error("the ledger's database cannot be started; trying again", failed);
    }
  }

  @Override
  public void close() {
    over.countDown();
  }
}
