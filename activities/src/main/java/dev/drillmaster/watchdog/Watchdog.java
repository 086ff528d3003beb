package dev.drillmaster.watchdog;

import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injector.Host;
import dev.drillmaster.injector.HostInjections;
import dev.drillmaster.injector.Injectors;
import dev.drillmaster.injector.Lease;
import dev.drillmaster.journal.HostJournal;
import dev.drillmaster.policy.Policy;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.target.TargetKinds;
import dev.drillmaster.target.Targets;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Main class of the watchdog of one injection. Arguments: journal directory, target directory,
 * injection id. Standard input: a byte renews the lease; silence for one lease, end of file, the
 * latest end or SIGTERM heals. It exits when the injection is healed, by itself or by others.
 */
public final class Watchdog {

  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration LAST_RETRY = Duration.ofSeconds(5);

  private final HostJournal journal;
  private final HostInjections injections;
  private final InjectionSpec spec;

  private Watchdog(HostJournal journal, HostInjections injections, InjectionSpec spec) {
    this.journal = journal;
    this.injections = injections;
    this.spec = spec;
  }

  /** Runs until the injection is healed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    // No logging framework: it costs a third of the start, and its configuration is not ours.
    System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
    HostJournal journal = new HostJournal(Path.of(arguments[0]));
    Targets targets = new Targets(Path.of(arguments[1]), TargetKinds.ALL);
    UUID id = UUID.fromString(arguments[2]);
    InjectionSpec spec =
        journal.intent(id).orElseThrow(() -> new IOException("no intent for injection " + id));
    Host host =
        new Host(
            journal, targets, Injectors.all(), Watchdog::armNothing, Policy.EVERYTHING, List.of());
    HostInjections injections = new HostInjections(host);
    Watchdog watchdog = new Watchdog(journal, injections, spec);
    OwnClasses.load();
    injections.rehearse(spec);
    Thread onSignal = new Thread(watchdog::healUntilDone, "signal");
    Runtime.getRuntime().addShutdownHook(onSignal);
    watchdog.watch();
    watchdog.healUntilDone();
  }

  private static Lease armNothing(InjectionSpec spec, BooleanSupplier cancelled) {
    throw new IllegalStateException("a watchdog only heals");
  }

  private void watch() throws IOException, InterruptedException {
    // Not System.in: its buffer's monitor is held by the thread that reads, so that asking whether
    // a byte is pending would wait for one.
    RenewalReader renewals = RenewalReader.start(new FileInputStream(FileDescriptor.in));
    long armed = System.nanoTime();
    journal.armed(spec.id(), ProcessId.self());
    say("armed with a lease of " + spec.lease().toMillis() + " ms");
    while (true) {
      if (journal.closed(spec.id())) {
        return;
      }
      Duration toLatestEnd = spec.longest().minusNanos(System.nanoTime() - armed);
      Duration toLapse = spec.lease().minus(renewals.silence());
      if (renewals.ended() || isDue(toLatestEnd) || (isDue(toLapse) && renewals.nonePending())) {
        say(renewals.ended() ? "end of file" : isDue(toLatestEnd) ? "latest end" : "silence");
        return;
      }
      renewals.awaitEnd(shortest(LOOK, toLatestEnd, toLapse));
    }
  }

  private static boolean isDue(Duration left) {
    return left.isZero() || left.isNegative();
  }

  private static Duration shortest(Duration... all) {
    Duration shortest = LOOK;
    for (Duration each : all) {
      shortest = each.compareTo(shortest) < 0 ? each : shortest;
    }
    return shortest.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : shortest;
  }

  /** There is nobody to report a failure to: it is tried until it works. */
  private synchronized void healUntilDone() {
    Duration pause = FIRST_RETRY;
    String lastFailure = "";
    while (!journal.closed(spec.id())) {
      try {
        expire();
        say(injections.heal(spec, "watchdog").toString());
        return;
      } catch (IOException | RuntimeException failed) {
        if (!failed.toString().equals(lastFailure)) {
          lastFailure = failed.toString();
          say("heal failed and is tried again: " + lastFailure);
        }
      }
      try {
        Thread.sleep(pause.toMillis());
      } catch (InterruptedException nobodyInterruptsUs) {
        say("interrupted; going on");
      }
      pause = pause.multipliedBy(2).compareTo(LAST_RETRY) > 0 ? LAST_RETRY : pause.multipliedBy(2);
    }
  }

  /** A tombstone says that somebody heals on purpose, so that the lease did not just run out. */
  private void expire() {
    try {
      if (!journal.over(spec.id())) {
        journal.expire(spec.id());
      }
    } catch (IOException unwritable) {
      say("cannot note that the lease ran out: " + unwritable);
    }
  }

  private static void say(String message) {
    System.err.println(Instant.now() + " " + message);
  }
}
