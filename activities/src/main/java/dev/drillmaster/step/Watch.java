package dev.drillmaster.step;

import dev.drillmaster.drill.Criterion;
import dev.drillmaster.drill.WatchStep;
import dev.drillmaster.steadystate.Observation;
import dev.drillmaster.steadystate.Probe;
import dev.drillmaster.verdict.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
   * @param stops whether it is over once the answer is tolerated, and not once it is not
   * @param asked how often it was asked
   * @param longestGap between two answers, or from the beginning to the first
   * @param ended the answers that ended the watch, or the one question that could not be put; empty
   *     if all went well
   */
  record Seen(Probe probe, boolean stops, int asked, Duration longestGap, List<Observation> ended) {

    Criterion criterion(WatchStep step) {
      String name = probe.name() + (stops ? ", which stops it: never" : ", all the time");
      String seen = "asked %d times, at most %d ms apart".formatted(asked, longestGap.toMillis());
      if (!ended.isEmpty()) {
        Observation last = ended.get(ended.size() - 1);
        // What was stopped was not watched to its end: that refutes nothing.
        Criterion.Result result =
            last.met() == null || stops ? Criterion.Result.UNKNOWN : Criterion.Result.NOT_MET;
        return new Criterion(name, result, last.value() + " at " + last.at() + "; " + seen);
      }
      Duration tolerated = step.interval().plus(probe.timeout()).plus(GRACE);
      return longestGap.compareTo(tolerated) > 0
          ? new Criterion(name, Criterion.Result.UNKNOWN, "nobody looked for a while: " + seen)
          : new Criterion(name, Criterion.Result.MET, seen);
    }

    /** What the plan wanted to be stopped for; empty if that did not come. */
    Optional<Finding> stopped() {
      return stops && !ended.isEmpty() && ended.get(0).met() != null
          ? Optional.of(
              Finding.doubt(
                  "stop-condition",
                  "stopped, as the plan wants it: " + probe.name() + ": " + ended.get(0).value(),
                  "see what the fault did to more than it should reach; a stopped run proves nothing"))
          : Optional.empty();
    }
  }

  private final WatchStep step;
  private final Asking asking;
  private final CountDownLatch breach = new CountDownLatch(1);

  Watch(WatchStep step, Asking asking) {
    this.step = step;
    this.asking = asking;
  }

  /**
   * One for each probe, in order, then one for each of those that say when to stop; at the latest a
   * probe's timeout after the breach or the end.
   */
  List<Seen> untilBreach() throws InterruptedException {
    int probes = step.probes().size() + step.stopWhen().size();
    ExecutorService threads = Executors.newFixedThreadPool(probes);
    try {
      List<Future<Seen>> watching = new ArrayList<>();
      for (Probe probe : step.probes()) {
        watching.add(threads.submit(() -> watch(probe, false)));
      }
      for (Probe probe : step.stopWhen()) {
        watching.add(threads.submit(() -> watch(probe, true)));
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

  private Seen watch(Probe probe, boolean stops) throws InterruptedException {
    long end = System.nanoTime() + step.duration().toNanos();
    long answered = System.nanoTime();
    long longestGap = 0;
    int asked = 0;
    int enough = stops ? 1 : step.failures();
    List<Observation> inARow = new ArrayList<>();
    boolean over = false;
    while (!over) {
      long askedAt = System.nanoTime();
      Observation seen = asking.ask(probe);
      asked++;
      longestGap = Math.max(longestGap, System.nanoTime() - answered);
      answered = System.nanoTime();
      if (seen.met() != null && seen.met() != stops) {
        inARow.clear();
      } else {
        inARow.add(seen);
      }
      if (seen.met() == null || inARow.size() >= enough) {
        breach.countDown();
        return new Seen(probe, stops, asked, Duration.ofNanos(longestGap), List.copyOf(inARow));
      }
      long next = Math.min(askedAt + step.interval().toNanos(), end);
      over = breach.await(next - System.nanoTime(), TimeUnit.NANOSECONDS) || next >= end;
    }
    return new Seen(probe, stops, asked, Duration.ofNanos(longestGap), List.of());
  }
}
