package dev.drillmaster.host;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatRequest;
import io.temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatResponse;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/**
 * Asks Temporal whether the activity that runs is still wanted, and waits for the answer. The SDK's
 * own heartbeat would not do: it goes on if the server does not answer, and an activity that was
 * delivered to a host long ago (one that was frozen) must not act then.
 */
final class ServerAnswer {

  private static final long SECONDS = 5;

  private final WorkflowServiceStubs stubs;

  ServerAnswer(WorkflowServiceStubs stubs) {
    this.stubs = stubs;
  }

  /**
   * Returns only if the server said that the activity is still wanted.
   *
   * @throws RuntimeException if it said no, or nothing within 5 s
   */
  void require() {
    ActivityExecutionContext context = Activity.getExecutionContext();
    RecordActivityTaskHeartbeatResponse answer =
        stubs
            .blockingStub()
            .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
            .recordActivityTaskHeartbeat(
                question(context.getTaskToken(), context.getInfo().getNamespace()));
    if (answer.getCancelRequested()) {
      throw new CancellationException("the run does not want this any more");
    }
  }

  /** The same without waiting for the answer, which comes within 5 s or fails. */
  ListenableFuture<RecordActivityTaskHeartbeatResponse> ask(byte[] task, String namespace) {
    return stubs
        .futureStub()
        .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
        .recordActivityTaskHeartbeat(question(task, namespace));
  }

  private static RecordActivityTaskHeartbeatRequest question(byte[] task, String namespace) {
    return RecordActivityTaskHeartbeatRequest.newBuilder()
        .setNamespace(namespace)
        .setTaskToken(ByteString.copyFrom(task))
        .build();
  }
}
