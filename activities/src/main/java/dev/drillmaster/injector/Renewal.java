package dev.drillmaster.injector;

import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injector.Holds.Holder;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * The thread that renews one lease. A thread of its own, because a heartbeat may hang. It takes no
 * lock: a renewal only lets the keeper of the lease be patient for longer, and one that has begun
 * to heal reads no more of them; with the lock, a heal of ten seconds would look like a lapse.
 */
final class Renewal {

  /** Four looks for each renewal, and ten a second at most: a host may hold fifty. */
  private static final int LOOKS = 4;

  private static final Duration LONGEST_LOOK = Duration.ofMillis(100);
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final Duration lease;
  private final Duration interval;
  private final Duration look;
  private final Duration latestEnd;
  private final Lease kept;
  private final Holder holder;
  private final BooleanSupplier over;
  private final EffectWatch effect;
  private final Thread thread;
  private final AtomicInteger count = new AtomicInteger();
  private volatile Duration longestGap = Duration.ZERO;
  private volatile boolean lapsed;
  private volatile boolean stopped;

  Renewal(InjectionSpec spec, Lease kept, Holder holder, BooleanSupplier over, EffectWatch effect) {
    this.lease = spec.lease();
    this.interval = clamp(spec.lease().dividedBy(8));
    this.look = Collections.min(List.of(interval.dividedBy(LOOKS), LONGEST_LOOK));
    this.latestEnd = latestEnd(spec.longest());
    this.kept = kept;
    this.holder = holder;
    this.over = over;
    this.effect = effect;
    this.thread = new Thread(this::run, "lease-" + spec.id());
    thread.setDaemon(true);
  }

  private static Duration clamp(Duration wanted) {
    Duration atMost = wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted;
    return atMost.compareTo(SHORTEST) < 0 ? SHORTEST : atMost;
  }

  /** A little early, so that a fault that lives to its latest end is not ended by its watchdog. */
  private static Duration latestEnd(Duration longest) {
    Duration early = longest.dividedBy(10);
    Duration atMost = Duration.ofMillis(200);
    return longest.minus(early.compareTo(atMost) > 0 ? atMost : early);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      boolean due = true;
      while (!stopped && !holder.ended()) {
        if (over.getAsBoolean()) {
          healedByOthers();
        } else if (kept.age().compareTo(latestEnd) >= 0) {
          holder.end("latest end");
        } else if (due) {
          renew();
          look();
        }
        holder.awaitEnd(look);
        due = kept.sinceRenewal().compareTo(interval) >= 0;
      }
    } catch (InterruptedException | RuntimeException unexpected) {
      lapsed = true;
      holder.end("renewing failed: " + unexpected);
    }
  }

  private void renew() {
    Duration gap = kept.sinceRenewal();
    longestGap = gap.compareTo(longestGap) > 0 ? gap : longestGap;
    if (kept.renew()) {
      count.incrementAndGet();
    } else if (over.getAsBoolean()) {
      healedByOthers();
    } else {
      lapsed = true;
      holder.end(gap.compareTo(lease) > 0 ? "the lease ran out" : "nothing keeps the lease");
    }
  }

  private void look() throws InterruptedException {
    Optional<String> missing = holder.relieved() ? Optional.empty() : effect.missing();
    if (missing.isEmpty() || holder.relieved()) {
      return;
    }
    // Whoever heals says so before the effect goes.
    if (over.getAsBoolean()) {
      healedByOthers();
    } else {
      holder.end(missing.get());
    }
  }

  /** A holder that was frozen for longer than its lease may thaw after that. */
  private void healedByOthers() {
    lapsed = kept.sinceRenewal().compareTo(lease) > 0;
    holder.end(Holding.healedReason());
  }

  /** Returns when nothing is renewed any more. */
  void stop() {
    stopped = true;
    holder.end("stopped");
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  int count() {
    return count.get();
  }

  Duration longestGap() {
    return longestGap;
  }

  boolean lapsed() {
    return lapsed;
  }
}
