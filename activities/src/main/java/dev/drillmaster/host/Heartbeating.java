package dev.drillmaster.host;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells Temporal that a step goes on, and interrupts it when its run does not want it any more.
 * From a thread of its own, since a step waits for databases and processes. Not for what holds a
 * fault: that beats by itself, so that a hanging holder is noticed.
 */
final class Heartbeating implements AutoCloseable {

  private static final long EVERY_MILLIS = 500;

  private final ActivityExecutionContext context;
  private final Thread step;
  private final CountDownLatch over = new CountDownLatch(1);
  private boolean closed;

  /** For the activity of the calling thread, until it is closed. */
  Heartbeating(ActivityExecutionContext context) {
    this.context = context;
    this.step = Thread.currentThread();
    Thread thread = new Thread(this::beat, "step-heartbeat");
    thread.setDaemon(true);
    thread.start();
  }

  private void beat() {
    try {
      do {
        context.heartbeat(null);
      } while (!over.await(EVERY_MILLIS, TimeUnit.MILLISECONDS));
    } catch (ActivityCompletionException unwanted) {
      interrupt();
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void interrupt() {
    if (!closed) {
      step.interrupt();
    }
  }

  /** No interrupt comes after this; one that came is taken back from the pool's thread. */
  @Override
  public synchronized void close() {
    closed = true;
    over.countDown();
    boolean unused = Thread.interrupted();
  }
}
