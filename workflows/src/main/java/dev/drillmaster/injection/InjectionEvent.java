package dev.drillmaster.injection;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.audit.AuditEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can happen to an injection, in the past tense. */
public sealed interface InjectionEvent extends AuditEvent {

  /** A fault is about to be injected. No record, no action. */
  @JsonTypeName("fault-intended")
  record FaultIntended(InjectionSpec injection, String priorState) implements InjectionEvent {}

  /** A fault is in force. */
  @JsonTypeName("fault-injected")
  record FaultInjected(UUID injectionId, Injected injected) implements InjectionEvent {}

  /**
   * A fault is over and its absence was observed; {@code hold} is null if it was not held or nobody
   * can say how.
   */
  @JsonTypeName("fault-healed")
  record FaultHealed(UUID injectionId, HealReport heal, @Nullable HoldReport hold)
      implements InjectionEvent {}

  /**
   * The journal of a host knows an injection of a run that the ledger does not know: it has lost
   * both. {@code injected} and {@code heal} are null if it did not get so far.
   */
  @JsonTypeName("fault-unknown")
  record FaultUnknown(
      InjectionSpec injection, @Nullable Injected injected, @Nullable HealReport heal)
      implements InjectionEvent {}

  /** The host does not answer: nobody knows whether the fault is over. */
  @JsonTypeName("heal-unconfirmed")
  record HealUnconfirmed(UUID injectionId, String detail) implements InjectionEvent {}
}
