package dev.drillmaster.program;

import dev.drillmaster.agent.AgentStartedWorkflowImpl;
import dev.drillmaster.agent.LookAtAgentsWorkflowImpl;
import dev.drillmaster.campaign.CampaignWorkflow;
import dev.drillmaster.campaign.CampaignWorkflowImpl;
import dev.drillmaster.drill.DrillWorkflow;
import dev.drillmaster.drill.DrillWorkflowImpl;
import dev.drillmaster.drill.ExperimentWorkflow;
import dev.drillmaster.history.Histories;
import dev.drillmaster.history.Signals;
import dev.drillmaster.ledger.AgentBooks;
import dev.drillmaster.ledger.Ledger;
import dev.drillmaster.ledger.OpenRunDesk;
import dev.drillmaster.ledger.Permits;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.reaper.GuardianWorkflowImpl;
import dev.drillmaster.reaper.ReaperWorkflowImpl;
import dev.drillmaster.stop.StopAllWorkflowImpl;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Functions.Func1;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that Temporal calls in this program: workflows, ledger, and the host of the lab. */
public final class DrillWorker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DrillWorker.class);

  private final WorkerFactory factory;
  private final LocalHost host;

  /**
   * Begins to poll for runs and campaigns.
   *
   * @param ledger connects as the writer
   */
  public static DrillWorker ofAll(Orchestrator orchestrator, LocalHost host, DataSource ledger) {
    DrillWorker worker = new DrillWorker(orchestrator, host, ledger, DrillWorkflowImpl::new);
    worker
        .polling(CampaignWorkflow.QUEUE, ledger)
        .registerWorkflowImplementationTypes(CampaignWorkflowImpl.class);
    worker.factory.start();
    return worker;
  }

  /** The same for runs alone: no campaign begins its next run by this. */
  public static DrillWorker ofRuns(Orchestrator orchestrator, LocalHost host, DataSource ledger) {
    return ofRuns(orchestrator, host, ledger, DrillWorkflowImpl::new);
  }

  /**
   * The same with another version of the workflow of drills.
   *
   * @param drills makes one, told whether the namespace knows our search attributes
   */
  static DrillWorker ofRuns(
      Orchestrator orchestrator,
      LocalHost host,
      DataSource ledger,
      Func1<Boolean, DrillWorkflow> drills) {
    DrillWorker worker = new DrillWorker(orchestrator, host, ledger, drills);
    worker.factory.start();
    return worker;
  }

  private DrillWorker(
      Orchestrator orchestrator,
      LocalHost host,
      DataSource ledger,
      Func1<Boolean, DrillWorkflow> drills) {
    this.host = host;
    factory = WorkerFactory.newInstance(orchestrator.client());
    boolean searchable = orchestrator.missingSearchAttributes().isEmpty();
    Worker runs = polling(DrillWorkflow.QUEUE, ledger);
    runs.registerWorkflowImplementationFactory(DrillWorkflow.class, () -> drills.apply(searchable));
    runs.registerWorkflowImplementationFactory(
        ExperimentWorkflow.class, () -> new DrillWorkflowImpl(searchable));
    runs.registerWorkflowImplementationTypes(
        GuardianWorkflowImpl.class,
        ReaperWorkflowImpl.class,
        StopAllWorkflowImpl.class,
        AgentStartedWorkflowImpl.class,
        LookAtAgentsWorkflowImpl.class);
    runs.registerActivitiesImplementations(
        new OpenRunDesk(ledger),
        new Histories(orchestrator.client()),
        new Signals(orchestrator.client()),
        new AgentBooks(ledger));
    HostWorkers.add(factory, host);
  }

  private Worker polling(String queue, DataSource writer) {
    Worker workflows = factory.newWorker(queue);
    Ledger ledger = new Ledger(writer);
    workflows.registerActivitiesImplementations(ledger, new Permits(ledger));
    return workflows;
  }

  /** Ends it; what its host holds is healed first. */
  @Override
  public void close() {
    HostWorkers.end(factory, host, line -> LOG.info("ending; {}", line));
  }
}
