package dev.drillmaster.drill;

import dev.drillmaster.campaign.CampaignWorkflow;
import dev.drillmaster.campaign.CampaignWorkflowImpl;
import dev.drillmaster.injection.HostQueues;
import dev.drillmaster.reaper.GuardianWorkflowImpl;
import dev.drillmaster.reaper.ReaperWorkflowImpl;
import dev.drillmaster.wire.Wire;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;

/** The in-process server with the real workflows, and a rehearsed host behind their activities. */
final class RehearsedTemporal {

  private RehearsedTemporal() {}

  /** What clients and workers of ours share. */
  static WorkflowClientOptions ours() {
    return WorkflowClientOptions.newBuilder()
        .setDataConverter(
            DefaultDataConverter.newDefaultInstance()
                .withPayloadConverterOverrides(new JacksonJsonPayloadConverter(Wire.json())))
        .build();
  }

  /** Started, in real time. */
  static TestWorkflowEnvironment start(RehearsedHost host) {
    TestWorkflowEnvironment temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setUseTimeskipping(false)
                .setWorkflowClientOptions(ours())
                .build());
    Worker drills = temporal.newWorker(DrillWorkflow.QUEUE);
    drills.registerWorkflowImplementationTypes(
        DrillWorkflowImpl.class, GuardianWorkflowImpl.class, ReaperWorkflowImpl.class);
    drills.registerActivitiesImplementations(host.new Ledger(), host.new Left());
    Worker campaigns = temporal.newWorker(CampaignWorkflow.QUEUE);
    campaigns.registerWorkflowImplementationTypes(CampaignWorkflowImpl.class);
    campaigns.registerActivitiesImplementations(host.new Ledger());
    temporal
        .newWorker(HostQueues.acting("lab"))
        .registerActivitiesImplementations(host.new Acting());
    temporal
        .newWorker(HostQueues.healing("lab"))
        .registerActivitiesImplementations(host.new Healing());
    temporal.start();
    return temporal;
  }
}
