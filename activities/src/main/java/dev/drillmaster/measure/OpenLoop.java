package dev.drillmaster.measure;

import dev.drillmaster.measure.JournalLine.Attempt;
import dev.drillmaster.measure.JournalLine.End;
import dev.drillmaster.measure.JournalLine.Header;
import dev.drillmaster.measure.JournalLine.Mark;
import dev.drillmaster.process.Poll;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * A load whose request n is due at n / rate after the start, whether or not earlier ones were
 * answered (a loop that waits for answers hides outages). Every fact goes into the journal; if the
 * journal cannot be written, sending stops at once, since what is not written was not measured.
 */
public final class OpenLoop {

  private final JournalWriter journal;
  private final TransferSender sender;
  private final Header header;
  private final int maxInFlight;
  private final LoadTally tally;
  private final Thread sending;
  private volatile boolean stopping;

  private OpenLoop(JournalWriter journal, Header header, TransferSender sender, int maxInFlight) {
    this.journal = journal;
    this.header = header;
    this.sender = sender;
    this.maxInFlight = maxInFlight;
    this.tally = new LoadTally(header.run());
    this.sending = new Thread(this::sendAll, "load");
  }

  /**
   * Begins a journal and the load.
   *
   * @param run at most 64 letters, digits, dots, dashes and underscores
   * @param rate attempts per second, 1 to 5000
   * @param instances that take turns
   * @param timeout of the sender, for the header
   * @param maxInFlight beyond this, an attempt that is due is not sent and has failed
   * @throws IOException if the journal exists or cannot be written
   */
  public static OpenLoop start(
      Path journal,
      String run,
      int rate,
      int instances,
      Duration timeout,
      int maxInFlight,
      TransferSender sender)
      throws IOException {
    if (!run.matches("[A-Za-z0-9._-]{1,64}") || rate < 1 || rate > 5000 || instances < 1) {
      throw new IllegalArgumentException(
          "a load needs a run name of 1 to 64 letters, digits, dots, dashes or underscores, a rate"
              + " from 1 to 5000 per second and an instance");
    }
    Header header =
        new Header(
            JournalText.VERSION,
            run,
            rate,
            instances,
            timeout.toMillis(),
            Instant.now().toString(),
            System.nanoTime());
    OpenLoop loop =
        new OpenLoop(JournalWriter.create(journal, header), header, sender, maxInFlight);
    loop.sending.start();
    return loop;
  }

  private void sendAll() {
    long spacing = 1_000_000_000L / header.rate();
    for (long sequence = 0; !stopping; sequence++) {
      // Not sequence * spacing: the rest of the division would add up.
      long due = sequence * 1_000_000_000L / header.rate();
      for (long wait; !stopping && (wait = due - now()) > 0; ) {
        LockSupport.parkNanos(Math.min(wait, spacing));
      }
      if (!stopping) {
        send(sequence, due);
      }
    }
  }

  private void send(long sequence, long due) {
    int instance = (int) (sequence % header.instances());
    Attempt attempt = new Attempt(sequence, UUID.randomUUID(), due, now(), instance);
    boolean room = tally.attempts() - tally.outcomes() < maxInFlight;
    if (!write(attempt)) {
      return;
    }
    if (!room) {
      ended(sequence, Answer.failed("not sent: " + maxInFlight + " in flight"));
      return;
    }
    var unused =
        sender
            .send(instance, attempt.id(), header.run(), sequence)
            .thenAccept(answer -> ended(sequence, answer));
  }

  private void ended(long sequence, Answer answer) {
    write(answer.outcome(sequence, now()));
  }

  /**
   * Stamps a mark.
   *
   * @return its instant, nanoseconds since the zero of the journal
   * @throws IOException if the journal is lost or closed
   */
  public long mark(String name) throws IOException {
    long at = now();
    if (!write(new Mark(at, name))) {
      throw new IOException("the mark " + name + " is not in the journal: " + tally.lost());
    }
    return at;
  }

  public LoadStatus status() {
    return tally.status(now());
  }

  /**
   * Stops sending, waits for answers, closes the journal with its end line. May be called again.
   *
   * @param drain the longest wait for answers; attempts then in flight stay without an outcome
   */
  public synchronized LoadStatus stop(Duration drain) throws IOException, InterruptedException {
    stopping = true;
    sending.join();
    boolean unused =
        Poll.until(drain, () -> tally.outcomes() >= tally.attempts() || !tally.lost().isEmpty());
    close();
    return status();
  }

  private void close() {
    synchronized (journal) {
      if (tally.isClosed()) {
        return;
      }
      if (tally.lost().isEmpty()) {
        write(new End(now(), tally.attempts(), tally.outcomes()));
      }
      // From here on nothing is written: an answer after the end would contradict its counts.
      tally.closed();
      try {
        journal.close();
      } catch (IOException failed) {
        tally.lost(failed.toString());
      }
    }
  }

  private boolean write(JournalLine line) {
    synchronized (journal) {
      if (!tally.lost().isEmpty() || tally.isClosed()) {
        return false;
      }
      try {
        journal.append(line);
        // Under the same lock, so that the end line counts exactly the lines before it.
        tally.count(line);
        return true;
      } catch (IOException failed) {
        stopping = true;
        tally.lost("the journal cannot be written: " + failed);
        return false;
      }
    }
  }

  private long now() {
    return System.nanoTime() - header.zero();
  }
}
