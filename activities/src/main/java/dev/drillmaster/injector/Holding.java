package dev.drillmaster.injector;

import dev.drillmaster.injection.HoldReport;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injector.Holds.Holder;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Keeps a fault alive: the lease is renewed here, on the host, whatever Temporal does. */
final class Holding {

  private static final Duration BEAT = Duration.ofMillis(250);
  private static final String HEALED = "healed";

  /** Heals as the holder. */
  interface HolderHeal {
    void heal(InjectionSpec spec) throws IOException;
  }

  private final Host host;
  private final Holds holds;
  private final HolderHeal healing;

  Holding(Host host, Holds holds, HolderHeal healing) {
    this.host = host;
    this.holds = holds;
    this.healing = healing;
  }

  HoldReport hold(InjectionSpec spec, Heartbeat heartbeat)
      throws IOException, InterruptedException {
    Optional<Lease> lease = holds.lease(spec.id());
    if (lease.isEmpty()) {
      return withoutLease(spec);
    }
    Holder holder = holds.enter(spec.id());
    Renewal renewal =
        new Renewal(
            spec,
            lease.get(),
            holder,
            () -> host.journal().over(spec.id()),
            new EffectWatch(host, spec));
    try {
      renewal.start();
      while (!holder.ended()) {
        heartbeat.beat();
        holder.awaitEnd(BEAT);
      }
    } catch (RuntimeException | InterruptedException | Error unwanted) {
      holder.end("nobody wants it any more");
      exit(spec, renewal, holder);
      healBefore(unwanted, spec);
      throw unwanted;
    }
    exit(spec, renewal, holder);
    if (!holder.reason().equals(HEALED)) {
      healing.heal(spec);
    }
    boolean lapsed = renewal.lapsed() || host.journal().expired(spec.id());
    return new HoldReport(renewal.count(), renewal.longestGap(), lapsed, holder.reason());
  }

  /** Another process injected, or this one has given the lease up: nothing can be renewed. */
  private HoldReport withoutLease(InjectionSpec spec) throws IOException {
    if (host.journal().over(spec.id())) {
      boolean lapsed = host.journal().expired(spec.id());
      return new HoldReport(0, Duration.ZERO, lapsed, "healed before it was held");
    }
    healing.heal(spec);
    return new HoldReport(0, Duration.ZERO, true, "this process does not keep its lease");
  }

  /**
   * The lease stays until it is healed, which is when whoever heals gives it up: given up here, its
   * keeper would hurry to heal beside them. If healing fails, the lease runs out.
   */
  private void exit(InjectionSpec spec, Renewal renewal, Holder holder) {
    renewal.stop();
    holds.leave(spec.id(), holder);
  }

  private void healBefore(Throwable unwanted, InjectionSpec spec) {
    try {
      healing.heal(spec);
    } catch (IOException | RuntimeException notHealed) {
      unwanted.addSuppressed(notHealed);
      holds.release(spec.id());
    }
  }

  /** What ends a holder whose injection has a tombstone. */
  static String healedReason() {
    return HEALED;
  }
}
