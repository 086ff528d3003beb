package dev.drillmaster.watchdog;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads renewals: each byte is one. A thread, because only a blocking read sees the end of file.
 */
final class RenewalReader {

  private final InputStream input;
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicLong last = new AtomicLong(System.nanoTime());

  private RenewalReader(InputStream input) {
    this.input = input;
  }

  static RenewalReader start(InputStream input) {
    RenewalReader reader = new RenewalReader(input);
    Thread thread = new Thread(reader::read, "renewals");
    thread.setDaemon(true);
    thread.start();
    return reader;
  }

  private void read() {
    byte[] bytes = new byte[256];
    try {
      while (input.read(bytes) >= 0) {
        last.set(System.nanoTime());
      }
    } catch (IOException broken) {
      System.err.println("reading renewals failed, which counts as their end: " + broken);
    }
    end.countDown();
  }

  boolean ended() {
    return end.getCount() == 0;
  }

  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - last.get());
  }

  /** Whether no byte waits to be read: on a busy machine the reading thread may be late. */
  boolean nonePending() {
    try {
      return input.available() == 0;
    } catch (IOException broken) {
      return true;
    }
  }

  /**
   * Returns early only at the end of file: a renewal never makes anything due.
   *
   * @return whether the end came
   */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    return end.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }
}
