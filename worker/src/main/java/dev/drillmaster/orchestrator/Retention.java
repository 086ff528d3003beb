package dev.drillmaster.orchestrator;

import com.google.protobuf.Duration;
import io.temporal.api.namespace.v1.NamespaceConfig;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.UpdateNamespaceRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.concurrent.TimeUnit;

/** How long a server of ours shows runs that are over. The ledger keeps them for ever. */
final class Retention {

  /** As shipped it is a day: a drill of the night would be gone before anybody looks for it. */
  private static final Duration WANTED =
      Duration.newBuilder().setSeconds(TimeUnit.DAYS.toSeconds(30)).build();

  private Retention() {}

  /** Asked each time, since the namespace is in a file that may be older than this program. */
  static void keep(WorkflowServiceStubs stubs) {
    Duration now =
        stubs
            .blockingStub()
            .describeNamespace(
                DescribeNamespaceRequest.newBuilder()
                    .setNamespace(TemporalProfile.DEFAULT_NAMESPACE)
                    .build())
            .getConfig()
            .getWorkflowExecutionRetentionTtl();
    if (now.equals(WANTED)) {
      return;
    }
    stubs
        .blockingStub()
        .updateNamespace(
            UpdateNamespaceRequest.newBuilder()
                .setNamespace(TemporalProfile.DEFAULT_NAMESPACE)
                .setConfig(NamespaceConfig.newBuilder().setWorkflowExecutionRetentionTtl(WANTED))
                .build());
  }
}
