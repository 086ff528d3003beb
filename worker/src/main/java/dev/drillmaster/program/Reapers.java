package dev.drillmaster.program;

import dev.drillmaster.drill.DrillWorkflow;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.reaper.ReaperWorkflow;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the reaper look once a minute, and now. */
final class Reapers {

  private static final Logger LOG = LoggerFactory.getLogger(Reapers.class);
  private static final Duration EVERY = Duration.ofMinutes(1);

  private Reapers() {}

  /**
   * For a server of its own: what was left behind on an in-process server ended with its program,
   * and it has no schedules. A schedule that is there is left as it is: an operator may have paused
   * it.
   */
  static void schedule(Orchestrator orchestrator) {
    ScheduleClient schedules =
        ScheduleClient.newInstance(
            orchestrator.client().getWorkflowServiceStubs(),
            ScheduleClientOptions.newBuilder()
                .setDataConverter(Orchestrator.converter())
                .setNamespace(orchestrator.client().getOptions().getNamespace())
                .build());
    try {
      schedules.createSchedule(
          ReaperWorkflow.ID,
          reaping(orchestrator.name()),
          ScheduleOptions.newBuilder().setTriggerImmediately(true).build());
    } catch (ScheduleAlreadyRunningException there) {
      LOG.debug("the reaper is scheduled already", there);
      schedules.getHandle(ReaperWorkflow.ID).trigger();
    }
  }

  private static Schedule reaping(String orchestrator) {
    return Schedule.newBuilder()
        .setAction(
            ScheduleActionStartWorkflow.newBuilder()
                .setWorkflowType(ReaperWorkflow.class)
                .setArguments(orchestrator)
                .setOptions(
                    WorkflowOptions.newBuilder()
                        .setWorkflowId(ReaperWorkflow.ID)
                        .setTaskQueue(DrillWorkflow.QUEUE)
                        .setStaticSummary("ends runs that nobody looks after")
                        .build())
                .build())
        .setSpec(
            ScheduleSpec.newBuilder()
                .setIntervals(List.of(new ScheduleIntervalSpec(EVERY)))
                .build())
        .setPolicy(
            SchedulePolicy.newBuilder()
                .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                // The next round finds what a missed one would have found.
                .setCatchupWindow(EVERY)
                .build())
        .build();
  }
}
