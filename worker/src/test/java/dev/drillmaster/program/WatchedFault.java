package dev.drillmaster.program;

import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.journal.HostJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * One fault as it is seen from outside: what the files of its journal say and what its target does.
 * Instants are those of {@link System#nanoTime}. Only {@link FaultWatch} tells it what was seen.
 */
final class WatchedFault {

  private static final long NEVER = Long.MAX_VALUE;

  private enum Effect {
    NOT_YET,
    SEEN,
    GONE
  }

  private final HostJournal journal;
  private final InjectionSpec spec;
  private volatile long begunAt = NEVER;
  private volatile long injectedAt = NEVER;
  private volatile long closedAt = NEVER;
  private volatile long overAt = NEVER;
  private volatile Effect effect = Effect.NOT_YET;

  WatchedFault(HostJournal journal, InjectionSpec spec) {
    this.journal = journal;
    this.spec = spec;
  }

  InjectionSpec spec() {
    return spec;
  }

  boolean isOn(String host, String target) {
    return spec.host().equals(host) && spec.target().equals(target);
  }

  boolean freezes() {
    return spec.fault() instanceof ProcessTreeFailure failure
        && failure.mode() == ProcessTreeFailure.Mode.FREEZE;
  }

  /** Looks into the journal; each instant stays as it was first seen. */
  void readJournal(long now) throws IOException {
    // The newest file first, so that whatever is seen was preceded by what is read after it.
    boolean closed = journal.closed(spec.id());
    boolean injected = journal.injected(spec.id()).isPresent();
    boolean begun = journal.begun(spec.id());
    closedAt = closedAt == NEVER && closed ? now : closedAt;
    injectedAt = injectedAt == NEVER && injected ? now : injectedAt;
    begunAt = begunAt == NEVER && begun ? now : begunAt;
  }

  /** Whether its target may have been changed. */
  boolean begun() {
    return begunAt != NEVER;
  }

  /** Whether its journal says that it is healed, or was before it began. */
  boolean closed() {
    return closedAt != NEVER;
  }

  /** Whether it is closed, and its target was seen without its effect. */
  boolean over() {
    return overAt != NEVER;
  }

  long overAt() {
    return overAt;
  }

  /** Its target does not show its effect. */
  void notSeen(long now) {
    effect = effect == Effect.SEEN ? Effect.GONE : effect;
    overAt = overAt == NEVER && closed() ? now : overAt;
  }

  /**
   * Its target shows its effect.
   *
   * @return what is wrong with that, if anything is
   */
  Optional<String> seen(long now) {
    if (effect == Effect.GONE) {
      return Optional.of("takes effect a second time");
    }
    effect = Effect.SEEN;
    return closedAt < now
        ? Optional.of("is healed by its journal, and its effect is seen")
        : Optional.empty();
  }

  /**
   * The latest that it must be over if nobody holds it from an instant on. Injecting renews its
   * lease last of all, and within a lease after it began, or not at all.
   */
  long deadlineUnheld(long since) {
    long renewed = injectedAt == NEVER ? begunAt + spec.lease().toNanos() : injectedAt;
    return Math.max(since, renewed) + spec.bound().toNanos();
  }

  /** The latest that it must be over, whoever renews its lease. */
  long latest() {
    Duration after = spec.longest().plus(spec.fault().healTime()).plusSeconds(1);
    return begunAt + after.toNanos();
  }

  /** Which layer healed it. */
  String healedBy() throws IOException {
    return journal.healed(spec.id()).map(HealReport::by).orElse("nobody");
  }

  @Override
  public String toString() {
    return spec.host() + "/" + spec.target() + (freezes() ? " freeze" : " kill");
  }

  /** All that is known about it, for whoever must find out what went wrong. */
  String inFull() throws IOException {
    long now = System.nanoTime();
    Path log = journal.watchdogLog(spec.id());
    return String.format(
        Locale.ROOT,
        "%s, injection %s: begun %s, injected %s, closed %s, over %s; effect %s; its watchdog:%n%s",
        this,
        spec.id(),
        ago(begunAt, now),
        ago(injectedAt, now),
        ago(closedAt, now),
        ago(overAt, now),
        effect,
        Files.exists(log) ? Files.readString(log) : "none");
  }

  private static String ago(long at, long now) {
    return at == NEVER ? "never" : (now - at) / 1_000_000 + " ms ago";
  }
}
