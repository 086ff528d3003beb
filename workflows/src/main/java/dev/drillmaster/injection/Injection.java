package dev.drillmaster.injection;

import dev.drillmaster.audit.Books;
import dev.drillmaster.verdict.FailureKind;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The one place where the order of an injection is written: prepare, intend, arm and inject and
 * inspect (on the host), hold while the body runs, heal and inspect (on the host), close.
 *
 * <p>Not try-with-resources and not {@code finally}: both run when a worker evicts a healthy
 * workflow from its cache. Not {@code catch (ActivityFailure)}: a cancelled timer throws its
 * sibling {@link CanceledFailure}. Not Temporal's {@code Saga}: it swallows what goes wrong while
 * compensating.
 */
public final class Injection {

  /** So long the books wait for the holder's own account after the fault is healed. */
  private static final Duration UNTIL_HOLDER_REPORTS = Duration.ofSeconds(10);

  private final InjectionSpec spec;
  private final Host host;
  private final Books books;
  private final Watcher watcher;
  private final @Nullable Ready ready;
  private @Nullable Promise<Held> holding;
  private boolean bodyRuns;

  /**
   * Who wants to know what becomes of an injection while it is under way. Called from workflow
   * code; must not block.
   */
  public interface Watcher {
    void intended(InjectionSpec injection);

    void injected(InjectionSpec injection, Injected injected);

    /**
     * The holder ended while the body ran, so that the body is cancelled: the rest of it would
     * speak of a fault that is over.
     *
     * @param held the holder's account, or null if the holder failed
     * @param why what ended the fault, or why the holder failed
     */
    void endedEarly(InjectionSpec injection, @Nullable Held held, String why);

    /** The host does not answer or still sees the effect; healing goes on. Called once. */
    void unconfirmed(InjectionSpec injection, String detail);

    /** {@code hold} is null if the holder gave no account. */
    void healed(InjectionSpec injection, HealReport heal, @Nullable HoldReport hold);
  }

  private Injection(InjectionSpec spec, @Nullable Ready ready, Books books, Watcher watcher) {
    this.spec = spec;
    this.ready = ready;
    this.host = new Host(spec.host());
    this.books = books;
    this.watcher = watcher;
  }

  /**
   * Injects, holds the fault while the body runs, and heals it however the body ends.
   *
   * @param ready what the host saw when it was asked before; null if it is to be asked now
   * @throws RuntimeException what the body threw, or why the fault could not be injected or held;
   *     always after healing
   */
  public static void hold(
      InjectionSpec spec, @Nullable Ready ready, Books books, Watcher watcher, Runnable body) {
    new Injection(spec, ready, books, watcher).run(body);
  }

  private void run(Runnable body) {
    Prepared prepared = prepare();
    RuntimeException failure = null;
    try {
      intend(prepared);
      injectAndHold(body);
    } catch (RuntimeException thrown) {
      failure = thrown;
    }
    bodyRuns = false;
    CancellationScope detached = Workflow.newDetachedCancellationScope(this::healAndClose);
    detached.run();
    if (failure != null) {
      throw failure;
    }
  }

  /**
   * A host refuses an injection that was begun before: after a Workflow Reset it may be in force,
   * held for an execution that is gone, and it is ours to heal. Not only after a Reset, since
   * whether there was one looks different on replay.
   */
  private Prepared prepare() {
    try {
      return ready == null ? host.prepare(spec) : prepared(ready);
    } catch (ActivityFailure failure) {
      if (failure.getCause() instanceof ApplicationFailure refused
          && FailureKind.REFUSED.equals(refused.getType())) {
        healIfBegunBefore();
      }
      throw failure;
    }
  }

  private Prepared prepared(Ready asked) {
    if (asked.prepared() == null) {
      healIfBegunBefore();
      throw ApplicationFailure.newNonRetryableFailure(
          String.valueOf(asked.refusal()), FailureKind.REFUSED);
    }
    return asked.prepared();
  }

  private void healIfBegunBefore() {
    CancellationScope detached = Workflow.newDetachedCancellationScope(this::healTheEarlier);
    detached.run();
  }

  private void healTheEarlier() {
    HealReport heal = healUntilConfirmed();
    if (heal.everInjected()) {
      books.note(new InjectionEvent.FaultHealed(spec.id(), heal, null));
      watcher.healed(spec, heal, null);
    }
  }

  private void intend(Prepared prepared) {
    books.note(new InjectionEvent.FaultIntended(spec, prepared.priorState()));
    books.write();
    watcher.intended(spec);
    books.faultHeld(spec.id());
  }

  private void injectAndHold(Runnable body) {
    Injected injected = host.inject(spec, ready == null ? null : ready.agent());
    books.note(new InjectionEvent.FaultInjected(spec.id(), injected));
    watcher.injected(spec, injected);
    CancellationScope whileHeld = Workflow.newCancellationScope(body);
    // Detached, so that stopping the body does not stop the holder: healing ends it, and its
    // account is wanted.
    CancellationScope holder =
        Workflow.newDetachedCancellationScope(() -> holding = host.hold(spec));
    holder.run();
    bodyRuns = true;
    requireHolding()
        .handle(
            (held, broken) -> {
              holderEnded(whileHeld, held, broken);
              return "";
            });
    whileHeld.run();
  }

  /** Also called for every holder that ends as it should: after its body. */
  private void holderEnded(
      CancellationScope whileHeld, @Nullable Held held, @Nullable RuntimeException broken) {
    if (!bodyRuns || whileHeld.isCancelRequested()) {
      return;
    }
    String why = held == null ? reason(broken) : held.report().endedBy();
    watcher.endedEarly(spec, held, why);
    whileHeld.cancel("the fault on " + spec.target() + " ended early: " + why);
  }

  private Promise<Held> requireHolding() {
    if (holding == null) {
      throw new IllegalStateException("hold was not called");
    }
    return holding;
  }

  private void healAndClose() {
    HealReport elsewhere = healedElsewhere();
    HealReport heal = elsewhere == null ? healUntilConfirmed() : elsewhere;
    books.faultOver(spec.id());
    HoldReport account = account();
    books.note(new InjectionEvent.FaultHealed(spec.id(), heal, account));
    watcher.healed(spec, heal, account);
  }

  /**
   * What another layer did and saw, as the host said when holding ended; null if it did not. Such a
   * host is not asked once more: after a stop of everything a hundred runs would ask at once.
   */
  private @Nullable HealReport healedElsewhere() {
    @Nullable Held held = endOfHolding();
    @Nullable HealReport heal = held == null ? null : held.heal();
    return heal != null && heal.verified() ? heal : null;
  }

  private HealReport healUntilConfirmed() {
    return host.heal(
        spec,
        why -> {
          books.note(new InjectionEvent.HealUnconfirmed(spec.id(), why));
          watcher.unconfirmed(spec, why);
        });
  }

  private @Nullable HoldReport account() {
    if (holding == null) {
      return null;
    }
    Workflow.await(UNTIL_HOLDER_REPORTS, holding::isCompleted);
    @Nullable Held held = endOfHolding();
    return held == null ? null : held.report();
  }

  /** Null if it has not ended, or the holder failed. */
  private @Nullable Held endOfHolding() {
    boolean told = holding != null && holding.isCompleted() && holding.getFailure() == null;
    return told ? requireHolding().get() : null;
  }

  static String reason(@Nullable RuntimeException failure) {
    @Nullable Throwable cause = failure == null ? null : failure.getCause();
    if (cause instanceof TemporalFailure said && said.getOriginalMessage() != null) {
      return said.getOriginalMessage();
    }
    return cause == null || cause.getMessage() == null
        ? "the host did not answer"
        : cause.getMessage();
  }
}
