package dev.drillmaster.injector;

import dev.drillmaster.injection.HealAllReport;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.HoldReport;
import dev.drillmaster.injection.Injected;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Prepared;
import dev.drillmaster.injector.Healing.Start;
import dev.drillmaster.journal.OpenInjection;
import dev.drillmaster.process.Poll;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The boundary of one host: everything that injects, holds or heals goes through here, whether a
 * workflow, a command or a watchdog asks for it. One for each process; several processes of a host
 * share the journal, and with it the locks.
 */
public final class HostInjections {

  private static final Logger LOG = LoggerFactory.getLogger(HostInjections.class);

  private static final Duration FAULTS_FIRST = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(50);

  /**
   * So many faults that are taken away are closed at once: that is in nobody's way, but fifty
   * threads of it are in the way of another host of this machine that still takes its own away.
   */
  private static final int CLOSED_AT_ONCE = 4;

  private final Semaphore closing = new Semaphore(CLOSED_AT_ONCE, true);
  private final Host host;
  private final Holds holds;
  private final Healing healing;
  private final Injecting injecting;
  private final Holding holding;

  /** Acts with these parts. */
  public HostInjections(Host host) {
    this.host = host;
    this.holds = new Holds();
    this.healing = new Healing(host, holds);
    this.injecting =
        new Injecting(
            host,
            holds,
            spec -> Uninterrupted.call(() -> healing.healLocked(spec, "holder", Start.now())));
    this.holding = new Holding(host, holds, spec -> heal(spec, "holder"));
  }

  /**
   * Looks whether this could be injected now. Writes nothing, nowhere.
   *
   * @throws RefusedException if it could not, saying why
   */
  public Prepared prepare(InjectionSpec spec) throws IOException, InterruptedException {
    Injecting.refuseUnlessFree(host, spec);
    return host.injectors().of(spec.fault()).prepare(spec.fault(), host.targetToInject(spec));
  }

  /**
   * Injects and returns when the effect was observed; its lease runs from then on, so {@link #hold}
   * must follow in this process. If it fails after the target may have been changed, it has healed
   * before it throws, or left that to the watchdog.
   *
   * @param heartbeat asked first; if it throws, nothing is done
   * @throws RefusedException if nothing was done and nothing will be: the id was used or is over,
   *     the target is fenced, busy or has another fault, the journal cannot be written
   * @throws IOException if it was tried and failed
   */
  public Injected inject(InjectionSpec spec, Heartbeat heartbeat)
      throws IOException, InterruptedException {
    return injecting.inject(spec, heartbeat);
  }

  /**
   * Renews the lease until the injection is healed by somebody or its latest end comes, whereupon
   * it heals.
   *
   * @param heartbeat called about four times a second; if it throws, the fault is healed and the
   *     exception handed on. The renewals do not wait for it
   */
  public HoldReport hold(InjectionSpec spec, Heartbeat heartbeat)
      throws IOException, InterruptedException {
    return holding.hold(spec, heartbeat);
  }

  /**
   * How it was healed, if that is so within this time; empty if it is not, or the journal does not
   * say. It is not healed here.
   *
   * @param limit how long whoever heals is waited for; not at all by an interrupted thread
   */
  public Optional<HealReport> healed(UUID injection, Duration limit) {
    try {
      return Poll.until(limit, LOOK, () -> host.journal().closed(injection))
          ? host.journal().healed(injection)
          : Optional.empty();
    } catch (IOException unreadable) {
      LOG.warn("the journal does not say how injection {} was healed", injection, unreadable);
      return Optional.empty();
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** What was seen when it was injected; empty if it was not. */
  public Optional<Injected> injected(UUID injection) throws IOException {
    return host.journal().injected(injection);
  }

  /** How many faults this process holds now. */
  public int held() {
    return holds.held();
  }

  /** How long the fault lives without renewal; empty if this process does not hold it. */
  public Optional<Duration> leaseLeft(UUID injection) {
    return holds.lease(injection).map(Lease::left);
  }

  /**
   * Heals and returns when the absence of the effect was observed. Idempotent: later calls return
   * the first report with what is seen then. Without a trace of the injection it writes a tombstone
   * that keeps a late inject out. Cannot be interrupted; bounded by the fault's heal time.
   *
   * @param by which layer heals
   * @throws NotHealedException if the effect is still seen or nobody could look: try again
   */
  public HealReport heal(InjectionSpec spec, String by) throws IOException {
    return Uninterrupted.call(() -> healing.heal(spec, by, Start.now()));
  }

  /**
   * For a process that may have to heal this injection when little else works: afterwards, healing
   * needs no code that was not used before. The target is only looked at.
   *
   * @throws IOException if a heal could not even begin
   */
  public void rehearse(InjectionSpec spec) throws IOException, InterruptedException {
    Rehearsal.run(host, spec);
  }

  /**
   * For a process that may have to take many faults away at once: goes through that, in a journal
   * of its own, until its code is compiled.
   *
   * @throws IOException if healing would not work here, or there is no room for that journal
   */
  public void rehearse() throws IOException, InterruptedException {
    Rehearsal.untilCompiled(host);
  }

  /**
   * Heals everything that the journal holds open, all at once. One that fails keeps no other from
   * being healed.
   *
   * @param by which layer heals
   * @throws IOException if the journal cannot be listed
   */
  public HealAllReport healAll(String by) throws IOException {
    long began = System.nanoTime();
    return heal(host.journal().open(), by, began);
  }

  /**
   * The same for one run.
   *
   * @throws IOException if anything of it is not healed: try again
   */
  public List<HealReport> healRun(UUID runId, String by) throws IOException {
    long began = System.nanoTime();
    List<OpenInjection> ofRun = new ArrayList<>();
    for (OpenInjection open : host.journal().open()) {
      InjectionSpec spec = open.spec();
      if (spec != null && spec.runId().equals(runId)) {
        ofRun.add(open);
      }
    }
    HealAllReport report = heal(ofRun, by, began);
    if (!report.failed().isEmpty()) {
      throw new IOException("not healed: " + report.failed());
    }
    return List.copyOf(report.healed().values());
  }

  private HealAllReport heal(List<OpenInjection> injections, String by, long beganNanos)
      throws IOException {
    Instant began = Instant.now();
    Map<UUID, String> failed = new HashMap<>();
    List<InjectionSpec> specs = new ArrayList<>();
    for (OpenInjection open : injections) {
      InjectionSpec spec = open.spec();
      if (spec == null) {
        failed.put(open.id(), "cannot be healed from the journal: " + open.problem());
      } else {
        specs.add(spec);
      }
    }
    long listedNanos = System.nanoTime();
    Map<UUID, Instant> relieved = relieve(specs);
    if (!specs.isEmpty()) {
      LOG.info(
          "{} faults: listed in {} ms, {} of them taken away in {} ms",
          specs.size(),
          millis(listedNanos - beganNanos),
          relieved.size(),
          millis(System.nanoTime() - listedNanos));
    }
    Map<UUID, Future<HealReport>> running = new LinkedHashMap<>();
    for (InjectionSpec spec : specs) {
      Start start = new Start(began, Optional.ofNullable(relieved.get(spec.id())));
      running.put(spec.id(), Uninterrupted.start(() -> inTurn(spec, by, start)));
    }
    Map<UUID, HealReport> healed = new HashMap<>();
    for (Map.Entry<UUID, Future<HealReport>> each : running.entrySet()) {
      try {
        healed.put(each.getKey(), Uninterrupted.await(each.getValue()));
      } catch (IOException | RuntimeException notHealed) {
        failed.put(each.getKey(), notHealed.toString());
      }
    }
    return new HealAllReport(healed, failed, millis(System.nanoTime() - beganNanos));
  }

  /** One that was not taken away yet waits for nobody. */
  private HealReport inTurn(InjectionSpec spec, String by, Start start)
      throws IOException, InterruptedException {
    if (start.relieved().isEmpty()) {
      return healing.heal(spec, by, start);
    }
    closing.acquire();
    try {
      return healing.heal(spec, by, start);
    } finally {
      closing.release();
    }
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  /**
   * Takes all faults away before any is closed: ending a watchdog and writing down how it ended
   * take longer than continuing a frozen process does, and are in nobody's way. One that takes
   * longer keeps the others no further, and one that fails is told by its heal.
   */
  private Map<UUID, Instant> relieve(List<InjectionSpec> specs) throws IOException {
    Map<UUID, Instant> relieved = new ConcurrentHashMap<>();
    CountDownLatch left = new CountDownLatch(specs.size());
    for (InjectionSpec spec : specs) {
      var unused =
          Uninterrupted.start(
              () -> {
                try {
                  healing.relieve(spec).ifPresent(gone -> relieved.put(spec.id(), gone));
                } finally {
                  left.countDown();
                }
                return null;
              });
    }
    boolean unused =
        Uninterrupted.call(() -> left.await(FAULTS_FIRST.toMillis(), TimeUnit.MILLISECONDS));
    return relieved;
  }
}
