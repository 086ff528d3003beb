package dev.drillmaster.program;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a server of ours again if it dies while runs need it. One that is only silent is left
 * alone: it may come back by itself, and killing it could lose what it was about to write.
 */
final class Keeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
  private static final long LOOK_SECONDS = 1;

  /** A start that goes on must not leave behind what is ended next. */
  private static final long END_MILLIS = 5000;

  private final String what;
  private final Kept kept;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread thread;

  /** What is kept. */
  interface Kept {
    boolean isRunning() throws IOException;

    void start() throws IOException, InterruptedException;
  }

  Keeper(String what, Kept kept) {
    this.what = what;
    this.kept = kept;
    this.thread = new Thread(this::keep, "keeper");
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
      if (!kept.isRunning()) {
        LOG.warn("{} has died: starting it", what);
        kept.start();
      }
    } catch (IOException | RuntimeException failed) {
      LOG.error("{} cannot be started; trying again", what, failed);
    }
  }

  @Override
  public void close() {
    over.countDown();
    try {
      thread.join(END_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
