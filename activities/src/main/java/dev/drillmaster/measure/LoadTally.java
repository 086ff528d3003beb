package dev.drillmaster.measure;

import dev.drillmaster.measure.JournalLine.Outcome;
import dev.drillmaster.measure.JournalLine.Result;
import dev.drillmaster.measure.LoadStatus.Slice;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Counts what the journal records, for people who watch. No measurement rests on it. */
final class LoadTally {

  private static final long SLICE_NANOS = 100_000_000;
  private static final int SLICES = 50;

  private final String run;
  private final Deque<Slice> strip = new ArrayDeque<>();
  private long slice;
  private long attempts;
  private long ok;
  private long failed;
  private long unknown;
  private long lastOk = -1;
  private boolean failedSinceOk;
  private int timeline;
  private String lost = "";
  private boolean ended;

  LoadTally(String run) {
    this.run = run;
    strip.add(new Slice(0, 0));
  }

  synchronized void count(JournalLine line) {
    if (line instanceof JournalLine.Attempt) {
      attempts++;
    } else if (line instanceof Outcome outcome) {
      count(outcome);
    }
  }

  private void count(Outcome outcome) {
    advance(outcome.at());
    Slice current = strip.removeLast();
    if (outcome.result() == Result.OK) {
      ok++;
      lastOk = outcome.at();
      failedSinceOk = false;
      timeline = outcome.timeline();
      strip.add(new Slice(current.ok() + 1, current.failed()));
      return;
    }
    if (outcome.result() == Result.FAILED) {
      failed++;
    } else {
      unknown++;
    }
    failedSinceOk = true;
    strip.add(new Slice(current.ok(), current.failed() + 1));
  }

  synchronized void lost(String why) {
    lost = why;
  }

  synchronized void closed() {
    ended = true;
  }

  synchronized boolean isClosed() {
    return ended;
  }

  synchronized long outcomes() {
    return ok + failed + unknown;
  }

  synchronized long attempts() {
    return attempts;
  }

  synchronized String lost() {
    return lost;
  }

  synchronized LoadStatus status(long now) {
    advance(now);
    return new LoadStatus(
        run,
        attempts,
        ok,
        failed,
        unknown,
        attempts - outcomes(),
        lastOk < 0 ? -1 : (now - lastOk) / 1_000_000,
        failedSinceOk ? (now - Math.max(lastOk, 0)) / 1_000_000 : 0,
        timeline,
        lost,
        ended,
        List.copyOf(strip));
  }

  private void advance(long now) {
    for (long current = now / SLICE_NANOS; slice < current; slice++) {
      strip.add(new Slice(0, 0));
      if (strip.size() > SLICES) {
        strip.removeFirst();
      }
    }
  }
}
