package dev.drillmaster.host;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells Temporal that a step, a heal or a compensation goes on, so that it is begun again soon
 * after its worker has died. From a thread of its own, since all wait for databases and processes.
 * Not for what holds a fault: that beats by itself, so that a hanging holder is noticed.
 */
final class Heartbeating implements AutoCloseable {

  private static final long EVERY_MILLIS = 500;

  private final ActivityExecutionContext context;
  private final @Nullable Thread step;
  private final CountDownLatch over = new CountDownLatch(1);
  private boolean closed;

  private Heartbeating(ActivityExecutionContext context, @Nullable Thread step) {
    this.context = context;
    this.step = step;
    Thread thread = new Thread(this::beat, "step-heartbeat");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * For the step of the calling thread, until it is closed; the thread is interrupted when the run
   * does not want the step any more.
   */
  static Heartbeating ofStep(ActivityExecutionContext context) {
    return new Heartbeating(context, Thread.currentThread());
  }

  /** For what puts right, which is wanted to its end whoever asked for it. */
  static Heartbeating ofHealing(ActivityExecutionContext context) {
    return new Heartbeating(context, null);
  }

  private void beat() {
    try {
      if (step != null) {
        // One that nobody wants any more learns it at once; most heals are over before they beat.
        context.heartbeat(null);
      }
      while (!over.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        context.heartbeat(null);
      }
    } catch (ActivityCompletionException unwanted) {
      interrupt();
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void interrupt() {
    if (!closed && step != null) {
      step.interrupt();
    }
  }

  /** No interrupt comes after this; one that came is taken back from the pool's thread. */
  @Override
  public synchronized void close() {
    closed = true;
    over.countDown();
    boolean unused = step != null && Thread.interrupted();
  }
}
