package dev.drillmaster.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.campaign.CampaignWorkflow;
import dev.drillmaster.campaign.CampaignWorkflowImpl;
import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.injection.HostQueues;
import dev.drillmaster.reaper.GuardianWorkflowImpl;
import dev.drillmaster.reaper.ReaperWorkflowImpl;
import dev.drillmaster.stop.StopAllWorkflowImpl;
import dev.drillmaster.wire.Wire;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Temporal's in-process server with a rehearsed host, for the tests of one class. */
final class RehearsedTemporal implements AutoCloseable {

  final RehearsedHost host = new RehearsedHost();

  private final TestWorkflowEnvironment temporal = start(host);

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
    return start(host, Map.of("lab", host));
  }

  /**
   * The same with several hosts.
   *
   * @param ledger the one that keeps the ledger, too
   */
  static TestWorkflowEnvironment start(RehearsedHost ledger, Map<String, RehearsedHost> hosts) {
    TestWorkflowEnvironment temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setUseTimeskipping(false)
                .setWorkflowClientOptions(ours())
                .build());
    SearchAttributes.ALL.forEach(
        key -> {
          boolean unused = temporal.registerSearchAttribute(key.getName(), key.getValueType());
        });
    Worker drills = temporal.newWorker(DrillWorkflow.QUEUE);
    drills.registerWorkflowImplementationFactory(
        DrillWorkflow.class, () -> new DrillWorkflowImpl(true));
    drills.registerWorkflowImplementationFactory(
        ExperimentWorkflow.class, () -> new DrillWorkflowImpl(true));
    drills.registerWorkflowImplementationTypes(
        GuardianWorkflowImpl.class, ReaperWorkflowImpl.class, StopAllWorkflowImpl.class);
    drills.registerActivitiesImplementations(
        ledger.new Ledger(),
        ledger.new Left(),
        ledger.new Guard(),
        ledger.new Hosts(),
        new RehearsedSignals(temporal.getWorkflowClient()));
    Worker campaigns = temporal.newWorker(CampaignWorkflow.QUEUE);
    campaigns.registerWorkflowImplementationTypes(CampaignWorkflowImpl.class);
    campaigns.registerActivitiesImplementations(ledger.new Ledger());
    hosts.forEach(
        (name, host) -> {
          temporal
              .newWorker(HostQueues.acting(name))
              .registerActivitiesImplementations(host.new Acting());
          temporal
              .newWorker(HostQueues.healing(name))
              .registerActivitiesImplementations(host.new Healing());
        });
    temporal.start();
    return temporal;
  }

  /** A plan that holds a fault while its only step inside runs. */
  static DrillPlan plan(@Nullable Duration maxDuration) {
    InjectStep inject =
        new InjectStep(
            null,
            Duration.ofSeconds(60),
            null,
            new ProcessTreeFailure(ProcessTreeFailure.Mode.FREEZE),
            "primary",
            Duration.ofSeconds(10),
            List.of(new FenceStep(null, null, null, null)),
            null);
    return new DrillPlan(
        "rehearsal", null, null, "lab", null, null, maxDuration, List.of(inject), null);
  }

  WorkflowStub drill(String id, @Nullable Duration maxWait) {
    return start("drill", id, new DrillRequest(plan(null), "somebody", "test", maxWait));
  }

  WorkflowStub start(String type, String id, Object request) {
    WorkflowStub stub =
        temporal
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                type,
                WorkflowOptions.newBuilder()
                    .setTaskQueue(DrillWorkflow.QUEUE)
                    .setWorkflowId(id)
                    .build());
    stub.start(request);
    return stub;
  }

  /** Keeps the history for those that replay it. */
  void keep(String name, String workflowId) throws IOException {
    if (Boolean.getBoolean("drillmaster.rewrite")) {
      GoldenHistories.write(name, temporal.getWorkflowClient().fetchHistory(workflowId));
    }
  }

  /** Waits for at most 20 s. */
  static void until(BooleanSupplier wanted) {
    until(Duration.ofSeconds(20), wanted);
  }

  static void until(Duration atMost, BooleanSupplier wanted) {
    long latest = System.nanoTime() + atMost.toNanos();
    while (!wanted.getAsBoolean() && System.nanoTime() < latest) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    assertThat(wanted.getAsBoolean()).isTrue();
  }

  @Override
  public void close() {
    temporal.close();
  }
}
