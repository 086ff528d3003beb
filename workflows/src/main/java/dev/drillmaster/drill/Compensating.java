package dev.drillmaster.drill;

import dev.drillmaster.injection.Host;
import dev.drillmaster.injection.HostQueues;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** One compensation, as a workflow asks a host for it. */
public final class Compensating {

  private static final int ATTEMPTS = 5;

  /** The longest that one try may take. */
  static final Duration LIMIT = Duration.ofMinutes(2);

  private Compensating() {}

  /** Tries it some times; whether it was possible is in the report. */
  public static CompensationReport on(String host, CompensationRequest request) {
    CompensationActivities hands =
        Workflow.newActivityStub(
            CompensationActivities.class,
            Host.options(
                    HostQueues.healing(host),
                    "roll back step " + request.path() + ": " + request.compensation().does(),
                    ATTEMPTS)
                .setScheduleToStartTimeout(Duration.ofSeconds(30))
                .setStartToCloseTimeout(LIMIT)
                .setHeartbeatTimeout(Host.SILENCE)
                .build());
    try {
      return hands.compensate(request);
    } catch (ActivityFailure failed) {
      return new CompensationReport(
          CompensationReport.State.FAILED, Failures.message(failed), ATTEMPTS);
    }
  }
}
