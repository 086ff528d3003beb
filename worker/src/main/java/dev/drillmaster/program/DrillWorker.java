package dev.drillmaster.program;

import dev.drillmaster.drill.DrillWorkflowImpl;
import dev.drillmaster.host.ActingHost;
import dev.drillmaster.host.HealingHost;
import dev.drillmaster.injection.HostQueues;
import dev.drillmaster.ledger.Ledger;
import dev.drillmaster.orchestrator.Orchestrator;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Everything that Temporal calls in this program: workflows, ledger, and the host of the lab. */
public final class DrillWorker implements AutoCloseable {

  /** The queue of the workflows. Stable: schedules and other workers use it. */
  public static final String QUEUE = "drillmaster";

  /** More than holders and steps of a few runs at once. */
  private static final int ACTING = 16;

  private static final int HEALING = 16;

  /** Holders heal when a worker shuts down; see the bound of a mechanism. */
  private static final long SHUTDOWN_SECONDS = 30;

  private final WorkerFactory factory;

  /**
   * Begins to poll.
   *
   * @param ledger connects as the writer
   */
  public DrillWorker(Orchestrator orchestrator, LabHost host, DataSource ledger) {
    factory = WorkerFactory.newInstance(orchestrator.client());
    Worker workflows = factory.newWorker(QUEUE);
    workflows.registerWorkflowImplementationTypes(DrillWorkflowImpl.class);
    workflows.registerActivitiesImplementations(new Ledger(ledger));
    worker(HostQueues.acting(LabHost.NAME), ACTING)
        .registerActivitiesImplementations(
            new ActingHost(
                host.injections(), host.steps(), orchestrator.client().getWorkflowServiceStubs()));
    worker(HostQueues.healing(LabHost.NAME), HEALING)
        .registerActivitiesImplementations(new HealingHost(host.injections(), host.steps()));
    factory.start();
  }

  private Worker worker(String queue, int slots) {
    return factory.newWorker(
        queue, WorkerOptions.newBuilder().setMaxConcurrentActivityExecutionSize(slots).build());
  }

  @Override
  public void close() {
    factory.shutdown();
    factory.awaitTermination(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
  }
}
