package dev.drillmaster.reaper;

import dev.drillmaster.audit.Assurance;
import dev.drillmaster.audit.AuditBatch;
import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.audit.NamedId;
import dev.drillmaster.drill.Guarded;
import dev.drillmaster.drill.RunEvent;
import java.util.List;

/**
 * Copies what operators did to a run from its history into the audit trail, once each, with the
 * identity or principal that only the history has.
 */
record OperatorCommands(WorkflowHands hands) {

  void copy(Guarded run) {
    List<AuditEntry> entries =
        hands.histories().operatorCommands(run.workflowId(), run.executionId().toString()).stream()
            .map(command -> entry(run, command))
            .toList();
    if (!entries.isEmpty()) {
      hands.write(new AuditBatch(entries));
    }
  }

  private static AuditEntry entry(Guarded run, OperatorCommand command) {
    boolean derived = !command.principal().isEmpty();
    String who = derived ? command.principal() : command.identity();
    return new AuditEntry(
        // Computed from the place in the history alone: whoever copies it makes the same row.
        NamedId.of(run.executionId(), "history/" + command.eventId()),
        run.runId(),
        run.executionId(),
        run.month(),
        command.at(),
        who.isEmpty() ? "unknown" : who,
        derived ? Assurance.PRINCIPAL : Assurance.IDENTITY,
        new RunEvent.OperatorCommanded(
            command.command(), who, command.reason(), command.eventId()));
  }
}
