package dev.drillmaster.program;

import dev.drillmaster.drill.ExperimentStep;
import dev.drillmaster.drill.Guarded;
import dev.drillmaster.drill.GuardianWorkflow;
import dev.drillmaster.drill.InjectStep;
import dev.drillmaster.drill.LookActivities;
import dev.drillmaster.drill.LookRequest;
import dev.drillmaster.drill.Looked;
import dev.drillmaster.drill.ReliefActivities;
import dev.drillmaster.drill.StepActivities;
import dev.drillmaster.drill.StepRequest;
import dev.drillmaster.injection.HealActivities;
import dev.drillmaster.injection.Held;
import dev.drillmaster.injection.Host;
import dev.drillmaster.injection.HostActivities;
import dev.drillmaster.injection.HostQueues;
import dev.drillmaster.injection.InjectionSpec;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * What an experiment costs at the very least: the same activities on the same host and the same
 * guardian, and nothing else. No permit, no books, no search attributes, no report.
 */
@WorkflowInterface
public interface BareExperiment {

  /** Injects and heals the only fault of an experiment without a hold. */
  @WorkflowMethod(name = "bare-experiment")
  String run(ExperimentStep experiment, String system);

  /** See {@link BareExperiment}. */
  final class Impl implements BareExperiment {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Override
    public String run(ExperimentStep experiment, String system) {
      UUID runId = UUID.fromString(Workflow.getInfo().getRunId());
      LookRequest request = new LookRequest(runId, "1", system, experiment, system, null);
      Looked looked =
          Workflow.newActivityStub(
                  LookActivities.class,
                  Host.options(HostQueues.healing(system), "look", 1)
                      .setStartToCloseTimeout(LONG)
                      .build())
              .before(request);
      String name = GuardianWorkflow.idOf(Workflow.getInfo().getWorkflowId(), runId.toString());
      Promise<String> guardian = post(name, runId, system);
      InjectStep inject = experiment.inject(experiment.faults().get(0));
      injectAndHeal(inject.spec(runId, "1.2", system, looked.roles()), looked);
      steps(system).run(new StepRequest(runId, "1.3", experiment.after(), system, looked.roles()));
      Workflow.newLocalActivityStub(
              ReliefActivities.class,
              LocalActivityOptions.newBuilder().setStartToCloseTimeout(LONG).build())
          .relieve(name);
      return guardian.get();
    }

    private static Promise<String> post(String name, UUID runId, String system) {
      GuardianWorkflow child =
          Workflow.newChildWorkflowStub(
              GuardianWorkflow.class,
              ChildWorkflowOptions.newBuilder()
                  .setWorkflowId(name)
                  .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
                  .build());
      Promise<String> guardian =
          Async.function(
              child::guard,
              new Guarded(
                  runId,
                  runId,
                  Workflow.getInfo().getWorkflowId(),
                  LocalDate.of(2026, 1, 1),
                  List.of(system),
                  LONG));
      Workflow.getWorkflowExecution(child).get();
      return guardian;
    }

    private static void injectAndHeal(InjectionSpec spec, Looked looked) {
      HostActivities acting =
          Workflow.newActivityStub(
              HostActivities.class,
              Host.options(HostQueues.acting(spec.host()), "act", 1)
                  .setStartToCloseTimeout(LONG)
                  .setHeartbeatTimeout(Host.SILENCE)
                  .build());
      acting.inject(spec, looked.faults().get(0).agent());
      Promise<Held> held = Async.function(acting::hold, spec);
      Workflow.newActivityStub(
              HealActivities.class,
              Host.options(HostQueues.healing(spec.host()), "heal", 0)
                  .setStartToCloseTimeout(LONG)
                  .setHeartbeatTimeout(Host.SILENCE)
                  .build())
          .heal(spec);
      held.get();
    }

    private static StepActivities steps(String system) {
      return Workflow.newActivityStub(
          StepActivities.class,
          Host.options(HostQueues.acting(system), "look again", 1)
              .setStartToCloseTimeout(LONG)
              .setHeartbeatTimeout(Host.SILENCE)
              .build());
    }
  }
}
