package dev.drillmaster.program;

import dev.drillmaster.audit.AuditBatch;
import dev.drillmaster.audit.LedgerActivities;
import dev.drillmaster.history.Signals;
import dev.drillmaster.stop.HostStopped;
import dev.drillmaster.stop.StopAllWorkflow;
import dev.drillmaster.stop.StopAllWorkflowImpl;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;

/**
 * Works for one stop of everything, on a queue of its own, when no worker does: agents answer
 * without one, and what they hold would go on until its latest end. Without the ledger, so that the
 * stop goes no further than {@link HostStopped}: whoever starts this records it.
 */
final class StopWorker implements AutoCloseable {

  private final WorkerFactory factory;
  private final String queue = DrillProgram.newName(StopAllWorkflow.ID);

  /** Keeps the stop waiting, which answers how far it is meanwhile. */
  private static final class NoLedger implements LedgerActivities {
    @Override
    public void record(AuditBatch batch) {
      throw new IllegalStateException("the command records the stop by itself");
    }
  }

  /** Begins to poll. */
  StopWorker(WorkflowClient client) {
    factory = WorkerFactory.newInstance(client);
    Worker worker = factory.newWorker(queue);
    worker.registerWorkflowImplementationTypes(StopAllWorkflowImpl.class);
    worker.registerActivitiesImplementations(new NoLedger(), new Signals(client));
    factory.start();
  }

  /** Where it polls. */
  String queue() {
    return queue;
  }

  @Override
  public void close() {
    factory.shutdownNow();
  }
}
