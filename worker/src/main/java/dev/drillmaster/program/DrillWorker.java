package dev.drillmaster.program;

import dev.drillmaster.agent.AgentStartedWorkflowImpl;
import dev.drillmaster.agent.LookAtAgentsWorkflowImpl;
import dev.drillmaster.campaign.CampaignWorkflow;
import dev.drillmaster.campaign.CampaignWorkflowImpl;
import dev.drillmaster.drill.DrillWorkflow;
import dev.drillmaster.drill.DrillWorkflowImpl;
import dev.drillmaster.ledger.AgentBooks;
import dev.drillmaster.ledger.Ledger;
import dev.drillmaster.orchestrator.Orchestrator;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Everything that Temporal calls in this program: workflows, ledger, and the host of the lab. */
public final class DrillWorker implements AutoCloseable {

  /** Holders heal when a worker shuts down; see the bound of a mechanism. */
  static final long SHUTDOWN_SECONDS = 30;

  private final WorkerFactory factory;

  /**
   * Begins to poll for runs and campaigns.
   *
   * @param ledger connects as the writer
   */
  public static DrillWorker ofAll(Orchestrator orchestrator, LocalHost host, DataSource ledger) {
    DrillWorker worker = new DrillWorker(orchestrator, host, ledger);
    worker.workflows(CampaignWorkflow.QUEUE, CampaignWorkflowImpl.class, ledger);
    worker.factory.start();
    return worker;
  }

  /** The same for runs alone: no campaign begins its next run by this. */
  public static DrillWorker ofRuns(Orchestrator orchestrator, LocalHost host, DataSource ledger) {
    DrillWorker worker = new DrillWorker(orchestrator, host, ledger);
    worker.factory.start();
    return worker;
  }

  private DrillWorker(Orchestrator orchestrator, LocalHost host, DataSource ledger) {
    factory = WorkerFactory.newInstance(orchestrator.client());
    Worker drills = workflows(DrillWorkflow.QUEUE, DrillWorkflowImpl.class, ledger);
    drills.registerWorkflowImplementationTypes(
        AgentStartedWorkflowImpl.class, LookAtAgentsWorkflowImpl.class);
    drills.registerActivitiesImplementations(new AgentBooks(ledger));
    HostWorkers.add(factory, host);
  }

  private Worker workflows(String queue, Class<?> implementation, DataSource ledger) {
    Worker workflows = factory.newWorker(queue);
    workflows.registerWorkflowImplementationTypes(implementation);
    workflows.registerActivitiesImplementations(new Ledger(ledger));
    return workflows;
  }

  @Override
  public void close() {
    factory.shutdown();
    factory.awaitTermination(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
  }
}
