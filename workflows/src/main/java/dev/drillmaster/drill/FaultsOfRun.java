package dev.drillmaster.drill;

import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.Held;
import dev.drillmaster.injection.HoldReport;
import dev.drillmaster.injection.Injected;
import dev.drillmaster.injection.Injection;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.verdict.Finding;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What becomes of the faults of one run, and what is to be found in that. */
final class FaultsOfRun implements Injection.Watcher {

  /** What a host calls the layer that heals because this run asks for it. */
  private static final String HEALED_ON_PURPOSE = "workflow";

  private final Progress progress;
  private final BiConsumer<String, Finding> findings;
  private final Set<UUID> endedEarly = new HashSet<>();

  /**
   * Of a run.
   *
   * @param findings is told what is found at which place of the plan
   */
  FaultsOfRun(Progress progress, BiConsumer<String, Finding> findings) {
    this.progress = progress;
    this.findings = findings;
  }

  private void found(String path, Finding finding) {
    findings.accept(path, finding);
  }

  @Override
  public void intended(InjectionSpec injection) {
    progress.intended(injection);
  }

  @Override
  public void injected(InjectionSpec injection, Injected injected) {
    progress.injected(injection, injected);
  }

  @Override
  public void endedEarly(InjectionSpec injection, @Nullable Held held, String why) {
    endedEarly.add(injection.id());
    if (held == null) {
      found(
          injection.path(),
          Finding.doubt(
              "holder-failed",
              "the holder of " + injection.target() + " failed: " + why,
              "see what became of it on the host; nobody knows how long the fault was in force"));
    } else if (held.byStopOfEverything()) {
      found(injection.path(), DrillRun.stopped("stop of everything"));
    } else {
      found(injection.path(), endedEarly(injection, why));
    }
  }

  private static Finding endedEarly(InjectionSpec injection, String why) {
    return Finding.doubt(
        "fault-ended-early",
        "the fault on " + injection.target() + " ended before its steps did: " + why,
        "let its limit be longer than its steps take, and see that nobody else heals it");
  }

  @Override
  public void unconfirmed(InjectionSpec injection, String detail) {
    progress.phase("healing", "NOT CONFIRMED on " + injection.target() + ": " + detail);
    found(
        injection.path(),
        Finding.doubt(
            "heal-unconfirmed",
            "healing " + injection.target() + " was not confirmed at first: " + detail,
            "see the host; the target's own expiry bounds the fault to "
                + injection.bound().toSeconds()
                + " s"));
  }

  @Override
  public void healed(InjectionSpec injection, HealReport heal, @Nullable HoldReport hold) {
    boolean wasInForce = progress.wasInForce(injection.id());
    progress.healed(injection, heal);
    if (!heal.verified()) {
      found(
          injection.path(),
          Finding.doubt(
              "heal-not-verified",
              "nobody saw that the fault on "
                  + injection.target()
                  + " is over: "
                  + heal.inspection().detail(),
              "look at the target, and run \"drillmaster heal\" if the fault is still there"));
    }
    if (wasInForce && !heal.everInjected()) {
      found(
          injection.path(),
          Finding.doubt(
              "healed-elsewhere",
              "the host that healed " + injection.target() + " knows of no fault there",
              "see whether the host's journal was lost or two hosts have the same name"));
    }
    if (!endedEarly.contains(injection.id())) {
      held(injection, heal, hold);
    }
  }

  /** Whether the fault was in force until it was to be healed. */
  private void held(InjectionSpec injection, HealReport heal, @Nullable HoldReport hold) {
    if (heal.everInjected() && hold == null) {
      found(
          injection.path(),
          Finding.doubt(
              "holder-lost",
              "the holder of " + injection.target() + " gave no account",
              "nobody knows how long the fault was in force; run again"));
    } else if (hold != null && hold.lapsed()) {
      found(
          injection.path(),
          Finding.doubt(
              "lease-lapsed",
              "the lease on " + injection.target() + " ran out while the fault was to be held",
              "see what kept the host from renewing it"));
    } else if (heal.everInjected() && !heal.by().equals(HEALED_ON_PURPOSE)) {
      // The holder was healing when the last step ended: its account came too late to cancel it.
      found(injection.path(), endedEarly(injection, "healed by " + heal.by()));
    }
  }
}
