package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillRequest;
import dev.drillmaster.drill.DrillWorkflow;
import dev.drillmaster.drill.GuardianWorkflow;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.reaper.ReaperWorkflow;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A real Temporal server with a worker that has the lab, and hosts with agents as they come. */
final class DrilledServer {

  final DrilledHome drilled;
  private final Path directory;
  private final List<AgentRoom> rooms = new ArrayList<>();
  private @Nullable DevServer server;
  private @Nullable Orchestrator orchestrator;
  private DrilledHome.@Nullable Started worker;

  DrilledServer(Path directory) throws IOException {
    this.directory = directory;
    this.drilled = new DrilledHome(directory);
  }

  void up() throws IOException, InterruptedException {
    server = DevServer.start(directory);
    orchestrator = Orchestrator.at(address());
    startWorker();
  }

  /** Starts the worker, and waits until it works. */
  void startWorker() throws IOException, InterruptedException {
    DrilledHome.Started starting = drilled.start("worker", "--temporal", address());
    worker = starting;
    assertThat(DrilledHome.await(() -> starting.said().contains("working for")))
        .as(starting.said())
        .isTrue();
  }

  void down() throws Exception {
    drilled.close();
    for (AgentRoom room : rooms) {
      room.close();
    }
    if (orchestrator != null) {
      orchestrator.close();
    }
    if (server != null) {
      server.stop();
    }
  }

  /** A host whose agent is not started yet. */
  AgentRoom room(String host) throws IOException {
    AgentRoom room = new AgentRoom(directory, host, List.of());
    rooms.add(room);
    return room;
  }

  /** Starts the agent of a host, and waits until it works. */
  DrilledHome.Started start(AgentRoom room) throws IOException, InterruptedException {
    return room.start(drilled, address());
  }

  DrilledHome.Started worker() {
    return Objects.requireNonNull(worker);
  }

  String address() {
    return Objects.requireNonNull(server).address();
  }

  Orchestrator orchestrator() {
    return Objects.requireNonNull(orchestrator);
  }

  RunHandle start(DrillPlan plan) {
    return start(plan, Duration.ZERO);
  }

  RunHandle start(DrillPlan plan, Duration maxWait) {
    return RunHandle.start(
        orchestrator().client(),
        plan.name() + "-" + UUID.randomUUID(),
        new DrillRequest(plan, "a test", orchestrator().name(), maxWait));
  }

  /** Starts a run that holds the service of a host frozen, and waits until it has a holder. */
  RunHandle hold(AgentRoom room) throws IOException, InterruptedException {
    return hold(room, TwoAgents.held(room.host));
  }

  /** The same by another plan. */
  RunHandle hold(AgentRoom room, DrillPlan plan) throws IOException, InterruptedException {
    RunHandle run = start(plan);
    assertThat(DrilledHome.await(room::frozen)).as(() -> String.valueOf(run.status())).isTrue();
    assertThat(DrilledHome.await(() -> hasScheduled(run, "hold"))).isTrue();
    return run;
  }

  /** Ends a run and its guardian, which would heal and close its books. */
  void terminate(RunHandle run) {
    String guardian = GuardianWorkflow.idOf(run.name(), run.runId().toString());
    orchestrator().client().newUntypedWorkflowStub(guardian).terminate("a test");
    orchestrator().client().newUntypedWorkflowStub(run.name()).terminate("a test");
  }

  /** Has the reaper do one round more than its schedule has; what it told. */
  String reap() {
    WorkflowStub reaper =
        orchestrator()
            .client()
            .newUntypedWorkflowStub(
                "reaper",
                WorkflowOptions.newBuilder()
                    .setWorkflowId(ReaperWorkflow.ID + "/" + UUID.randomUUID())
                    .setTaskQueue(DrillWorkflow.QUEUE)
                    .build());
    reaper.start(orchestrator().name());
    return reaper.getResult(String.class);
  }

  /** Whether the run has given this activity to a host. */
  boolean hasScheduled(RunHandle run, String activity) {
    return history(run).stream()
        .map(event -> event.getActivityTaskScheduledEventAttributes().getActivityType().getName())
        .anyMatch(activity::equals);
  }

  /** Whether a host has taken this activity of the run and not answered yet. */
  boolean isDoing(RunHandle run, String activity) {
    return orchestrator()
        .client()
        .getWorkflowServiceStubs()
        .blockingStub()
        .describeWorkflowExecution(
            DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace(orchestrator().client().getOptions().getNamespace())
                .setExecution(WorkflowExecution.newBuilder().setWorkflowId(run.name()))
                .build())
        .getPendingActivitiesList()
        .stream()
        .filter(each -> each.getActivityType().getName().equals(activity))
        .anyMatch(each -> each.getState() == PendingActivityState.PENDING_ACTIVITY_STATE_STARTED);
  }

  /** What happened to a run so far. */
  List<HistoryEvent> history(RunHandle run) {
    return orchestrator().client().fetchHistory(run.name()).getHistory().getEventsList();
  }

  /** What {@code drillmaster agents} prints. */
  String agents() throws IOException, InterruptedException {
    DrilledHome.Started agents = drilled.start("agents");
    assertThat(agents.end()).as(agents.said()).isZero();
    return agents.said();
  }

  /** The first column of what a query of the ledger answers. */
  List<String> column(String sql) throws IOException {
    try {
      return drilled.ledger().column(sql);
    } catch (SQLException failed) {
      throw new IOException(failed);
    }
  }
}
