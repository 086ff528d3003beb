package dev.drillmaster.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.campaign.CampaignWorkflowImpl;
import dev.drillmaster.stop.StopAllWorkflowImpl;
import dev.drillmaster.wire.Wire;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
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
    WorkflowClientOptions ours =
        WorkflowClientOptions.newBuilder()
            .setDataConverter(
                DefaultDataConverter.newDefaultInstance()
                    .withPayloadConverterOverrides(new JacksonJsonPayloadConverter(Wire.json())))
            .build();
    try (TestWorkflowEnvironment temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder().setWorkflowClientOptions(ours).build())) {
      Worker worker = temporal.newWorker("replay");
      worker.registerWorkflowImplementationTypes(
          DrillWorkflowImpl.class, CampaignWorkflowImpl.class, StopAllWorkflowImpl.class);

      WorkflowReplayer.replayWorkflowExecution(
          WorkflowExecutionHistory.fromJson(
              // The runs of a campaign are named after it.
              Files.readString(file), CampaignWorkflowTest.NAME),
          worker);
    }
  }

  @Test
  void thereIsAHistoryForEachWayThatARunMayEnd() throws IOException {
    assertThat(GoldenHistories.all()).hasSizeGreaterThanOrEqualTo(12);
  }
}
