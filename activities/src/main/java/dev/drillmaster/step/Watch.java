package dev.drillmaster.step;

import dev.drillmaster.drill.Criterion;
import dev.drillmaster.drill.WatchStep;
import dev.drillmaster.steadystate.Observation;
import dev.drillmaster.steadystate.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Asks each probe of a step by a thread of its own, until the first breach or the end. */
final class Watch {

  /** A host that was as busy as this still watched. */
  private static final Duration GRACE = Duration.ofMillis(500);

  /** Puts one question. */
  interface Asking {
    Observation ask(Probe probe) throws InterruptedException;
  }

  /**
   * What was seen of one probe.
   *
   * @param asked how often it was asked
   * @param longestGap between two answers, or from the beginning to the first
   * @param notTolerated the answers that made a breach, or the one question that could not be put;
   *     empty if all went well
   */
  record Seen(Probe probe, int asked, Duration longestGap, List<Observation> notTolerated) {

    Criterion criterion(WatchStep step) {
      String name = probe.name() + ", all the time";
      String seen = "asked %d times, at most %d ms apart".formatted(asked, longestGap.toMillis());
      if (!notTolerated.isEmpty()) {
        Observation last = notTolerated.get(notTolerated.size() - 1);
        Criterion.Result result =
            last.met() == null ? Criterion.Result.UNKNOWN : Criterion.Result.NOT_MET;
        return new Criterion(name, result, last.value() + " at " + last.at() + "; " + seen);
      }
      Duration tolerated = step.interval().plus(probe.timeout()).plus(GRACE);
      return longestGap.compareTo(tolerated) > 0
          ? new Criterion(name, Criterion.Result.UNKNOWN, "nobody looked for a while: " + seen)
          : new Criterion(name, Criterion.Result.MET, seen);
    }
  }

  private final WatchStep step;
  private final Asking asking;
  private final CountDownLatch breach = new CountDownLatch(1);

  Watch(WatchStep step, Asking asking) {
    this.step = step;
    this.asking = asking;
  }

  /** One for each probe, in order; at the latest a probe's timeout after the breach or the end. */
  List<Seen> untilBreach() throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(step.probes().size());
    try {
      List<Future<Seen>> watching = new ArrayList<>();
      for (Probe probe : step.probes()) {
        watching.add(threads.submit(() -> watch(probe)));
      }
      List<Seen> seen = new ArrayList<>();
      for (Future<Seen> each : watching) {
        seen.add(each.get());
      }
      return seen;
    } catch (ExecutionException broken) {
      throw new IllegalStateException("a probe could not be watched", broken.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private Seen watch(Probe probe) throws InterruptedException {
    long end = System.nanoTime() + step.duration().toNanos();
    long answered = System.nanoTime();
    long longestGap = 0;
    int asked = 0;
    List<Observation> inARow = new ArrayList<>();
    boolean over = false;
    while (!over) {
      long askedAt = System.nanoTime();
      Observation seen = asking.ask(probe);
      asked++;
      longestGap = Math.max(longestGap, System.nanoTime() - answered);
      answered = System.nanoTime();
      if (Boolean.TRUE.equals(seen.met())) {
        inARow.clear();
      } else {
        inARow.add(seen);
      }
      if (seen.met() == null || inARow.size() >= step.failures()) {
        breach.countDown();
        return new Seen(probe, asked, Duration.ofNanos(longestGap), List.copyOf(inARow));
      }
      long next = Math.min(askedAt + step.interval().toNanos(), end);
      over = breach.await(next - System.nanoTime(), TimeUnit.NANOSECONDS) || next >= end;
    }
    return new Seen(probe, asked, Duration.ofNanos(longestGap), List.of());
  }
}
