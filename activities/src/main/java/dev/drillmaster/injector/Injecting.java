package dev.drillmaster.injector;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.injection.Injected;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import dev.drillmaster.journal.HostJournal;
import dev.drillmaster.journal.HostLock;
import dev.drillmaster.journal.LockTimeoutException;
import dev.drillmaster.journal.OpenInjection;
import dev.drillmaster.process.Poll;
import dev.drillmaster.target.Target;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The order of an injection on its host, from the first refusal to the observed effect. */
final class Injecting {

  private static final Duration LOCK_WAIT = Duration.ofSeconds(5);
  private static final Duration EFFECT = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofMillis(10);

  /** Heals under locks that are held, whatever has been done so far. */
  interface FailureHeal {
    void heal(InjectionSpec spec) throws IOException;
  }

  private final Host host;
  private final Holds holds;
  private final FailureHeal healing;

  Injecting(Host host, Holds holds, FailureHeal healing) {
    this.host = host;
    this.holds = holds;
    this.healing = healing;
  }

  @SuppressWarnings("try") // The locks are held, not used.
  Injected inject(InjectionSpec spec, Heartbeat heartbeat)
      throws IOException, InterruptedException {
    // First of all, and outside the locks: this request may be minutes old.
    heartbeat.beat();
    HostJournal journal = host.journal();
    holds.releaseIf(journal::over);
    try (HostLock injection = journal.lock(spec.id(), LOCK_WAIT);
        HostLock target = journal.lockTarget(spec.target(), LOCK_WAIT)) {
      return injectLocked(spec);
    } catch (LockTimeoutException busy) {
      throw new RefusedException("target " + spec.target() + " is busy: " + busy.getMessage());
    }
  }

  private Injected injectLocked(InjectionSpec spec) throws IOException, InterruptedException {
    refuseUnlessFree(host, spec);
    Target target = host.targetToInject(spec);
    Injector<Fault, Object> injector = host.injectors().of(spec.fault());
    injector.prepare(spec.fault(), target);
    intend(spec);
    try {
      return act(spec, injector, target);
    } catch (IOException | InterruptedException | RuntimeException | Error failed) {
      healBefore(failed, spec);
      throw failed;
    }
  }

  private void intend(InjectionSpec spec) {
    boolean claimed;
    try {
      claimed = host.journal().intend(spec);
    } catch (IOException unwritable) {
      throw new RefusedException(
          "the intent cannot be written, and without a record nothing is done: " + unwritable);
    }
    if (!claimed) {
      throw new RefusedException("injection " + spec.id() + " was begun before or is over");
    }
  }

  private Injected act(InjectionSpec spec, Injector<Fault, Object> injector, Target target)
      throws IOException, InterruptedException {
    HostJournal journal = host.journal();
    UUID id = spec.id();
    Object undo = injector.capture(spec.fault(), target, spec);
    journal.writeUndo(id, undo);
    Lease lease = arm(spec, injector, undo);
    holds.keep(id, lease);
    host.listeners().forEach(listener -> listener.beforeInject(spec));
    renew(lease, "before the target was changed");
    journal.begin(id);
    // Under the lock of the injection: whoever heals writes the tombstone first and then waits for
    // that lock, so that either it is seen here, or that heal comes after this change.
    if (journal.over(id)) {
      throw new RefusedException("injection " + id + " was healed before it began");
    }
    injector.inject(spec.fault(), target, undo, changed -> journal.writeUndo(id, changed));
    Injected injected = new Injected(Instant.now(), observe(spec, injector, target));
    journal.writeInjected(id, injected);
    host.listeners().forEach(listener -> listener.afterInject(spec, injected));
    renew(lease, "while it was being injected");
    return injected;
  }

  @SuppressWarnings("unchecked") // The undo record is the injector's own.
  private Lease arm(InjectionSpec spec, Injector<Fault, Object> injector, Object undo)
      throws IOException, InterruptedException {
    return injector instanceof SelfExpiring<?> itself
        ? ((SelfExpiring<Object>) itself).arm(undo)
        : host.expiry().arm(spec, () -> host.journal().over(spec.id()));
  }

  private static void renew(Lease lease, String when) throws IOException {
    if (!lease.renew()) {
      throw new IOException("the lease ran out, or what keeps it ended, " + when);
    }
  }

  private Inspection observe(InjectionSpec spec, Injector<Fault, Object> injector, Target target)
      throws IOException, InterruptedException {
    Object undo = host.journal().undo(spec.id(), injector.undoClass()).orElseThrow();
    Inspection[] seen = new Inspection[1];
    boolean present =
        Poll.until(
            EFFECT,
            LOOK,
            () -> {
              seen[0] = injector.inspect(spec.fault(), target, undo);
              return seen[0].state() == Inspection.State.PRESENT;
            });
    if (!present) {
      throw new IOException("injected, but no effect is seen: " + seen[0].detail());
    }
    return seen[0];
  }

  private void healBefore(Throwable failed, InjectionSpec spec) {
    try {
      healing.heal(spec);
    } catch (IOException | RuntimeException notHealed) {
      failed.addSuppressed(notHealed);
      // Its keeper reads the end of the lease and heals as soon as these locks are free.
      holds.release(spec.id());
    }
  }

  /** Reads only. */
  static void refuseUnlessFree(Host host, InjectionSpec spec) throws IOException {
    HostJournal journal = host.journal();
    Optional<String> refusal = host.policy().refusal(spec).or(journal::refusal);
    if (refusal.isPresent()) {
      throw new RefusedException(refusal.get());
    }
    if (journal.over(spec.id()) || journal.intent(spec.id()).isPresent()) {
      throw new RefusedException("injection " + spec.id() + " was begun before or is over");
    }
    if (journal.runEnded(spec.runId())) {
      throw new RefusedException(
          "run " + spec.runId() + " is being rolled back or over: no fault of it is injected");
    }
    if (journal.fenceOf(spec.target()).isPresent()) {
      throw new RefusedException(
          "target " + spec.target() + " is fenced: " + journal.fenceOf(spec.target()).get());
    }
    for (OpenInjection open : journal.open()) {
      if (open.spec() != null
          && open.spec().target().equals(spec.target())
          && !open.spec().fault().mayShareTargetWith(spec.fault())) {
        throw new RefusedException(
            "injection " + open.id() + " is still open on target " + spec.target() + ": heal it");
      }
    }
  }
}
