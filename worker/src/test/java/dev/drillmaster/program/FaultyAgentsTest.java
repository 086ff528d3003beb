package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.DrillWorkflow;
import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.HostActivities;
import dev.drillmaster.injection.HostQueues;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.plan.PlanFiles;
import dev.drillmaster.process.Signal;
import dev.drillmaster.reaper.ReaperWorkflow;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.common.RetryOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Agents whose journal is damaged or newer than they are, that are frozen, or die as they heal. */
@Tag("server")
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultyAgentsTest {

  /** Lease, heal time of a frozen service, and a second. */
  private static final Duration BOUND = Duration.ofSeconds(3 + 2 + 1);

  private static final String LOOK = "{step: steady-state}";

  private final DrilledServer server;

  FaultyAgentsTest(@TempDir Path directory) throws IOException {
    this.server = new DrilledServer(directory);
  }

  @BeforeAll
  void up() throws Exception {
    server.up();
    // Each test says when the reaper comes.
    ScheduleClient.newInstance(server.orchestrator().client().getWorkflowServiceStubs())
        .getHandle(ReaperWorkflow.ID)
        .pause();
  }

  @AfterAll
  void down() throws Exception {
    server.down();
  }

  @Test
  void withAJournalOfANewerVersionItHealsAndInjectsNothing() throws Exception {
    AgentRoom room = server.room("newer");
    DrilledHome.Started agent = server.start(room);
    RunHandle run = server.hold(room);
    killWithItsWatchdog(agent, room);
    Files.writeString(room.home.journal().resolve("journal.json"), "{\"format\":7,\"new\":[]}");

    DrilledHome.Started again = server.start(room);

    String why =
        "the journal "
            + room.home.journal()
            + " has format version 7, this program knows 1: use the newer program";
    assertThat(again.said()).contains("healed: ").contains("injects nothing: " + why);
    assertThat(room.runs()).isTrue();
    assertThat(room.journal().healed(injection(room)).orElseThrow().by()).isEqualTo("agent");
    assertThat(run.await(DrilledHome.PATIENCE).orElseThrow().injections())
        .singleElement()
        .matches(DrillReport.InjectionLine::healVerified);
    assertThat(server.agents()).containsPattern("newer +answers .*injects nothing: .*version 7");
    assertRefused(TwoAgents.plan(room.host, LOOK), why);
  }

  /** It is frozen when it takes the heal, and killed before it begins. */
  @Test
  void aHealThatDiesWithItsAgentIsBegunAgainSoon() throws Exception {
    AgentRoom room = server.room("dies");
    DrilledHome.Started agent = server.start(room);
    RunHandle run = server.hold(room);
    agent.signal(Signal.STOP);
    Instant silent = Instant.now();
    run.emergencyStop();
    assertThat(DrilledHome.await(() -> server.isDoing(run, "heal"))).isTrue();
    agent.signal(Signal.KILL);
    agent.end();

    server.start(room);

    assertThat(run.await(DrilledHome.PATIENCE)).isPresent();
    HealReport healed = room.journal().healed(injection(room)).orElseThrow();
    MeasuredEnd.within(
        BOUND, "agent that dies as it heals", healed.by(), silent, healed.healedAt());
    // By its silence, within seconds: what a heal may take at most is over much later.
    assertThat(server.history(run))
        .filteredOn(HistoryEvent::hasActivityTaskStartedEventAttributes)
        .extracting(
            event ->
                event
                    .getActivityTaskStartedEventAttributes()
                    .getLastFailure()
                    .getTimeoutFailureInfo()
                    .getTimeoutType())
        .contains(TimeoutType.TIMEOUT_TYPE_HEARTBEAT)
        .doesNotContain(TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE);
  }

  @Test
  void withADamagedIntentItInjectsNothingUntilTheReaperHasHealedFromTheLedger() throws Exception {
    AgentRoom room = server.room("damaged");
    DrilledHome.Started agent = server.start(room);
    RunHandle run = server.hold(room);
    UUID injection = injection(room);
    killWithItsWatchdog(agent, room);
    server.terminate(run);
    Path intent =
        room.home
            .journal()
            .resolve("injections")
            .resolve(injection.toString())
            .resolve("intent.json");
    Files.writeString(intent, Files.readString(intent).substring(0, 40));

    DrilledHome.Started again = server.start(room);

    assertThat(again.said())
        .contains("NOT healed, to be tried again: " + injection)
        .contains("injects nothing: injection " + injection)
        .contains("works for");
    assertThat(room.frozen()).isTrue();
    assertThat(server.agents())
        .containsPattern(
            "damaged +answers .* 1 .*injects nothing: .*intent.json is cut or damaged");
    // Asked directly, since the guard of all runs says no before the agent is asked.
    assertThat(injectByItself(another(room, run.runId())))
        .hasStackTraceContaining("Refused")
        .hasStackTraceContaining(
            "its run or the reaper heals it from the ledger; if they do not, look at the targets");

    String reaped = server.reap();

    assertThat(reaped).contains(run.name() + " was terminated: ending it");
    assertThat(room.runs()).isTrue();
    assertThat(
            server.column(
                "SELECT state FROM ledger.injection WHERE injection_id = '" + injection + "'"))
        .containsExactly("healed");
    assertThat(server.agents())
        .containsPattern("damaged +answers")
        .doesNotContain("cut or damaged");
    assertThat(server.start(TwoAgents.plan("damaged", LOOK)).await(DrilledHome.PATIENCE))
        .get()
        .extracting(DrillReport::verdict)
        .isEqualTo(Verdict.PASSED);
  }

  @Test
  void oneThatIsFrozenIsSilentAndItsFaultIsGoneWithinTheBound() throws Exception {
    AgentRoom room = server.room("frozen");
    DrilledHome.Started agent = server.start(room);
    RunHandle run = server.hold(room);

    long frozen = System.nanoTime();
    agent.signal(Signal.STOP);
    assertThat(DrilledHome.await(room::runs)).isTrue();
    Duration outlived = Duration.ofNanos(System.nanoTime() - frozen);
    MeasuredEnd.within(BOUND, "agent that is frozen", "watchdog", outlived);
    assertThat(DrilledHome.await(() -> room.journal().closed(injection(room)))).isTrue();
    HealReport healed = room.journal().healed(injection(room)).orElseThrow();
    assertThat(healed.by()).isEqualTo("watchdog");
    assertThat(server.agents()).containsPattern("frozen +silent");
    // Another target, since the guard of all runs says of this one that it is taken.
    assertRefused(
        PlanFiles.parse(
            """
            name: elsewhere
            system: lab
            steps:
              - step: inject
                host: frozen
                target: orders
                fault: {mechanism: process-tree, mode: freeze}
                limit: 2m
                during: [{step: steady-state}]
            """,
            "a test"),
        "host frozen has no agent: start one with drillmaster agent --host frozen");

    InjectionSpec late = another(room, UUID.randomUUID());
    // The server hands it to the agent, whose poll is open, and gives it up two seconds later.
    assertThat(injectByItself(late)).hasStackTraceContaining("TIMEOUT_TYPE_START_TO_CLOSE");
    agent.signal(Signal.CONT);

    assertThat(run.await(DrilledHome.PATIENCE).orElseThrow().verdict())
        .isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(server.agents()).containsPattern("frozen +answers");
    assertThat(server.start(TwoAgents.plan("frozen", LOOK)).await(DrilledHome.PATIENCE))
        .get()
        .extracting(DrillReport::verdict)
        .isEqualTo(Verdict.PASSED);
    assertThat(room.journal().intent(late.id()))
        .as("what it was asked for when it was frozen")
        .isEmpty();
    assertThat(room.runs()).isTrue();
  }

  @Test
  void healInTheHomeOfAnAgentHealsFromTheJournalAndStartsNothing() throws Exception {
    AgentRoom room = server.room("alone");
    DrilledHome.Started agent = server.start(room);
    RunHandle other = server.hold(room);
    killWithItsWatchdog(agent, room);

    DrilledHome.Started heal = server.drilled.start("heal", "--home", room.home.root().toString());

    assertThat(heal.end()).as(heal.said()).isZero();
    assertThat(heal.said()).contains("healed: ").contains("this home keeps no ledger");
    assertThat(room.runs()).isTrue();
    assertThat(room.home.ledger()).doesNotExist();
    assertThat(room.home.lab()).doesNotExist();
    server.start(room);
    assertThat(other.await(DrilledHome.PATIENCE).orElseThrow().injections())
        .singleElement()
        .matches(line -> line.healedBy().equals("heal-command"));
  }

  @Test
  void healInTheHomeOfAnAgentThatWorksStopsNoRunOfAnotherHost() throws Exception {
    AgentRoom quiet = server.room("quiet");
    AgentRoom busy = server.room("busy");
    server.start(quiet);
    server.start(busy);
    RunHandle run = server.hold(busy);

    DrilledHome.Started heal = server.drilled.start("heal", "--home", quiet.home.root().toString());

    assertThat(heal.end()).as(heal.said()).isZero();
    assertThat(busy.frozen()).isTrue();
    assertThat(run.isOpen()).isTrue();
    run.emergencyStop();
    assertThat(run.await(DrilledHome.PATIENCE)).isPresent();
  }

  /** Asks once for an injection, without looking first whether anybody is there. */
  @WorkflowInterface
  public interface Unasked {
    @WorkflowMethod
    void inject(InjectionSpec injection);
  }

  public static final class UnaskedImpl implements Unasked {
    @Override
    public void inject(InjectionSpec injection) {
      Workflow.newActivityStub(
              HostActivities.class,
              ActivityOptions.newBuilder()
                  .setTaskQueue(HostQueues.acting(injection.host()))
                  .setScheduleToStartTimeout(Duration.ofSeconds(5))
                  .setStartToCloseTimeout(Duration.ofSeconds(2))
                  .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
                  .build())
          .inject(injection, null);
    }
  }

  /** A fault like the one that the room holds, and nobody has asked for yet. */
  private static InjectionSpec another(AgentRoom room, UUID runId) {
    return new InjectionSpec(
        UUID.randomUUID(),
        runId,
        "9",
        new ProcessTreeFailure(ProcessTreeFailure.Mode.FREEZE),
        AgentRoom.TARGET,
        room.host,
        Duration.ofSeconds(3),
        Duration.ofMinutes(2));
  }

  /** Why it failed. */
  private WorkflowFailedException injectByItself(InjectionSpec injection) {
    String queue = DrillWorkflow.QUEUE + "-of-a-test";
    WorkerFactory factory = WorkerFactory.newInstance(server.orchestrator().client());
    try {
      factory.newWorker(queue).registerWorkflowImplementationTypes(UnaskedImpl.class);
      factory.start();
      WorkflowStub workflow =
          server
              .orchestrator()
              .client()
              .newUntypedWorkflowStub(
                  "Unasked", WorkflowOptions.newBuilder().setTaskQueue(queue).build());
      workflow.start(injection);
      return catchThrowableOfType(
          WorkflowFailedException.class, () -> workflow.getResult(Void.class));
    } finally {
      factory.shutdownNow();
    }
  }

  private void assertRefused(DrillPlan plan, String why) throws InterruptedException {
    DrillReport report = server.start(plan).await(DrilledHome.PATIENCE).orElseThrow();
    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.findings())
        .extracting(Finding::summary)
        .anyMatch(summary -> summary.contains(why));
  }

  /** Nobody but the agent is to heal. */
  private static void killWithItsWatchdog(DrilledHome.Started agent, AgentRoom room)
      throws IOException, InterruptedException {
    Signal.KILL.send(List.of(room.journal().watchdog(injection(room)).orElseThrow()));
    agent.signal(Signal.KILL);
    agent.end();
    assertThat(room.frozen()).isTrue();
  }

  private static UUID injection(AgentRoom room) throws IOException {
    return room.injections().get(0);
  }
}
