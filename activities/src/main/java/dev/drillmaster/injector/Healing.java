package dev.drillmaster.injector;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import dev.drillmaster.injector.Injector.UndoLog;
import dev.drillmaster.journal.HostLock;
import dev.drillmaster.journal.OpenInjection;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.target.ServiceTarget;
import dev.drillmaster.target.Target;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The order of healing on the host; every layer that heals goes through here. */
final class Healing {

  private static final Logger LOG = LoggerFactory.getLogger(Healing.class);

  /** Longer than any heal takes: two layers that heal at once wait for each other. */
  private static final Duration LOCK_WAIT = Duration.ofSeconds(40);

  /**
   * A Java process that is killed works for 16 ms before it is gone, in a session of its own: fifty
   * at once take the processors from whoever still heals on this machine.
   */
  private static final Semaphore ENDING = new Semaphore(2, true);

  private static final Duration EXIT_WAIT = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(2);

  /**
   * When a heal began, and what was done before.
   *
   * @param relieved see {@link #relieve}
   */
  record Start(Instant at, Optional<Instant> relieved) {

    static Start now() {
      return new Start(Instant.now(), Optional.empty());
    }
  }

  private final Host host;
  private final Holds holds;

  Healing(Host host, Holds holds) {
    this.host = host;
    this.holds = holds;
  }

  /**
   * Only what is urgent where many faults are healed at once: takes this one away and looks. All
   * else is left to {@link #heal}, which must follow. One that was begun gets no tombstone yet: it
   * is refused without one too, and its holder would wake up and be in the way.
   *
   * @return when it was seen to be gone; empty if the target was never touched or it is healed
   */
  @SuppressWarnings("try") // The locks are held, not used.
  Optional<Instant> relieve(InjectionSpec spec) throws IOException, InterruptedException {
    if (!host.journal().begun(spec.id())) {
      bury(spec.id());
      return Optional.empty();
    }
    try (HostLock injection = host.journal().lockOrEvict(spec.id(), LOCK_WAIT);
        HostLock target = host.journal().lockTargetOrEvict(spec.target(), spec.id(), LOCK_WAIT)) {
      if (host.journal().closed(spec.id())) {
        return Optional.empty();
      }
      holds.relieve(spec.id());
      boolean fenced = host.journal().fenceOf(spec.target()).isPresent();
      return Optional.of(takenAway(spec, fenced));
    }
  }

  @SuppressWarnings("try") // The locks are held, not used.
  HealReport heal(InjectionSpec asked, String by, Start start)
      throws IOException, InterruptedException {
    bury(asked.id());
    try (HostLock injection = host.journal().lockOrEvict(asked.id(), LOCK_WAIT);
        HostLock target = host.journal().lockTargetOrEvict(asked.target(), asked.id(), LOCK_WAIT)) {
      return healLocked(asked, by, start);
    }
  }

  /** Under the locks of injection and target, which the caller holds. */
  HealReport healLocked(InjectionSpec spec, String by, Start start)
      throws IOException, InterruptedException {
    bury(spec.id());
    Optional<HealReport> earlier = earlier(spec.id());
    if (earlier.isPresent()) {
      endWatchdog(spec.id());
      holds.release(spec.id());
      return again(spec, earlier.get());
    }
    boolean begun = host.journal().begun(spec.id());
    boolean fenced = host.journal().fenceOf(spec.target()).isPresent();
    Instant gone = begun ? gone(spec, fenced, start) : Instant.now();
    // Only now: as long as the effect was seen, the watchdog was needed in case this process dies.
    endWatchdog(spec.id());
    holds.release(spec.id());
    if (!holds.awaitExit(spec.id(), EXIT_WAIT)) {
      LOG.warn("the holder of injection {} is slow to exit; it cannot renew any more", spec.id());
    }
    Inspection last =
        begun
            ? requireAbsent(spec, look(spec, fenced))
            : new Inspection(Inspection.State.ABSENT, "the target was never touched");
    HealReport report = new HealReport(start.at(), gone, by, begun, fenced, last);
    close(spec, report);
    return report;
  }

  /** When the fault was seen to be gone; takes it away unless it was and still is. */
  private Instant gone(InjectionSpec spec, boolean fenced, Start start)
      throws IOException, InterruptedException {
    Optional<Instant> relieved = start.relieved();
    if (relieved.isPresent() && look(spec, fenced).state() == Inspection.State.ABSENT) {
      return relieved.get();
    }
    return takenAway(spec, fenced);
  }

  /** Takes the fault away and says when it was seen to be gone. */
  private Instant takenAway(InjectionSpec spec, boolean fenced)
      throws IOException, InterruptedException {
    takeAway(spec, fenced);
    requireAbsent(spec, look(spec, fenced));
    return Instant.now();
  }

  /**
   * The tombstone first, and without the lock: it is one rename, and an inject under way sees it at
   * its next look. An id that was begun is refused anyway, so that healing goes on if the disk
   * takes no tombstone; one that was not is no fault yet, and a late inject must be kept out.
   */
  private void bury(UUID id) throws IOException {
    try {
      host.journal().bury(id);
    } catch (IOException unwritable) {
      if (!host.journal().begun(id)) {
        throw new IOException("no tombstone can be written for injection " + id, unwritable);
      }
      LOG.warn("no tombstone for injection {}; it is healed all the same", id, unwritable);
    }
    holds.tell(id, Holding.healedReason());
  }

  private void takeAway(InjectionSpec spec, boolean fenced)
      throws IOException, InterruptedException {
    Injector<Fault, Object> injector = host.injectors().of(spec.fault());
    Target target = host.targetToHeal(spec);
    Object undo = undo(spec, injector);
    if (fenced) {
      injector.healFenced(spec.fault(), target, undo);
    } else {
      UndoLog<Object> log = changed -> host.journal().writeUndo(spec.id(), changed);
      injector.heal(spec.fault(), target, undo, log);
    }
  }

  private Inspection look(InjectionSpec spec, boolean fenced) throws InterruptedException {
    try {
      Target target = host.targetToHeal(spec);
      if (fenced) {
        return FencedTarget.inspect(ServiceTarget.require(target));
      }
      Injector<Fault, Object> injector = host.injectors().of(spec.fault());
      return injector.inspect(spec.fault(), target, undo(spec, injector));
    } catch (IOException | RuntimeException blind) {
      return new Inspection(Inspection.State.UNKNOWN, "could not look: " + blind.getMessage());
    }
  }

  private Object undo(InjectionSpec spec, Injector<Fault, Object> injector) throws IOException {
    return host.journal()
        .undo(spec.id(), injector.undoClass())
        .orElseThrow(() -> new IOException("the undo record of " + spec.id() + " is missing"));
  }

  private static Inspection requireAbsent(InjectionSpec spec, Inspection seen)
      throws NotHealedException {
    if (seen.state() != Inspection.State.ABSENT) {
      throw new NotHealedException(spec.target(), seen);
    }
    return seen;
  }

  /** The first report with what is seen now, unless another injection is to be seen there now. */
  private HealReport again(InjectionSpec spec, HealReport first)
      throws IOException, InterruptedException {
    if (!first.everInjected() || inUse(spec)) {
      return first;
    }
    boolean fenced = host.journal().fenceOf(spec.target()).isPresent();
    return new HealReport(
        first.healStartedAt(), first.healedAt(), first.by(), true, fenced, look(spec, fenced));
  }

  private boolean inUse(InjectionSpec spec) throws IOException {
    List<OpenInjection> open = host.journal().open();
    return open.stream()
        .anyMatch(other -> other.spec() != null && other.spec().target().equals(spec.target()));
  }

  private Optional<HealReport> earlier(UUID id) {
    try {
      return host.journal().healed(id);
    } catch (IOException damaged) {
      LOG.warn("the record that injection {} was healed is damaged: healing again", id, damaged);
      return Optional.empty();
    }
  }

  /**
   * Killed, not asked: it has no state to lose, can only be waiting (it heals under the locks that
   * are held here), and being killed needs neither its cooperation nor disk space. The watchdog
   * itself does not end itself.
   */
  private void endWatchdog(UUID id) throws IOException, InterruptedException {
    Optional<ProcessId> watchdog = host.journal().watchdog(id);
    if (watchdog.isEmpty() || watchdog.get().pid() == ProcessHandle.current().pid()) {
      return;
    }
    ENDING.acquire();
    try {
      ProcessKiller.kill(List.of(watchdog.get()));
      if (!Poll.until(EXIT_WAIT, LOOK, () -> !watchdog.get().isRunning())) {
        throw new IOException("watchdog " + watchdog.get() + " does not end after SIGKILL");
      }
    } finally {
      ENDING.release();
    }
  }

  private void close(InjectionSpec spec, HealReport report) {
    try {
      host.journal().writeHealed(spec.id(), report);
    } catch (IOException unwritable) {
      // It is healed, and says so to the caller; the journal keeps it open, so that the next heal
      // closes it, and nothing is injected into this target before.
      LOG.warn("injection {} is healed, but the journal cannot take it", spec.id(), unwritable);
    }
    for (InjectionListener listener : host.listeners()) {
      try {
        listener.afterHeal(spec, report);
      } catch (RuntimeException broken) {
        LOG.error("a listener failed after injection {} was healed", spec.id(), broken);
      }
    }
  }
}
