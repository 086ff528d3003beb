package dev.drillmaster.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.campaign.CampaignWorkflowImpl;
import dev.drillmaster.stop.StopAllWorkflowImpl;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What ran with an earlier version must go on with this one. */
@Tag("pure")
class ReplayTest {

  static List<Path> histories() throws IOException {
    return GoldenHistories.all();
  }

  @ParameterizedTest
  @MethodSource("histories")
  void aStoredHistoryReplays(Path file) throws Exception {
    try (TestWorkflowEnvironment temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(RehearsedTemporal.ours())
                .build())) {
      Worker worker = temporal.newWorker("replay");
      // The history says itself whether there were search attributes.
      worker.registerWorkflowImplementationFactory(
          DrillWorkflow.class, () -> new DrillWorkflowImpl(false));
      worker.registerWorkflowImplementationFactory(
          ExperimentWorkflow.class, () -> new DrillWorkflowImpl(false));
      worker.registerWorkflowImplementationTypes(
          CampaignWorkflowImpl.class, StopAllWorkflowImpl.class);

      WorkflowReplayer.replayWorkflowExecution(
          WorkflowExecutionHistory.fromJson(
              // Children are named after the workflow that starts them.
              Files.readString(file), CampaignWorkflowTest.NAME),
          worker);
    }
  }

  @Test
  void thereIsAHistoryForEachWayThatARunMayEnd() throws IOException {
    assertThat(GoldenHistories.all()).hasSizeGreaterThanOrEqualTo(12);
  }
}
