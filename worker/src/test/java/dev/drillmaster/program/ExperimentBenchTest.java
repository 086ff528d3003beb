package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariDataSource;
import dev.drillmaster.database.LedgerDatabase;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.ExperimentStep;
import dev.drillmaster.history.Histories;
import dev.drillmaster.history.Signals;
import dev.drillmaster.ledger.OpenRunDesk;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.plan.PlanFiles;
import dev.drillmaster.process.BoundedCommand;
import dev.drillmaster.reaper.GuardianWorkflowImpl;
import dev.drillmaster.verdict.Verdict;
import dev.drillmaster.wire.Wire;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What durability, proof and safety cost: an experiment that heals at once, side by side with a
 * bare workflow that does the same, and one that freezes a service beside Chaos Toolkit. Rounds are
 * paired, because the machine is another one each minute; figures are medians.
 */
@Tag("server")
@Tag("bench")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExperimentBenchTest {

  private static final int ROUNDS = Integer.getInteger("drillmaster.rounds", 30);
  private static final int WARM_UP = 15;
  private static final int TOOLKIT_ROUNDS = 5;
  private static final String BARE_QUEUE = "bare";
  private static final String TARGET = "service-2";

  private static final String PLAN =
      """
      name: bench
      system: lab
      steps:
        - step: experiment
          steadyState:
            - {probe: http, name: service 1 is healthy, endpoint: service-1, path: /health}
          faults:
            - {fault: %s, target: %s}
      """;

  /** What the target ends by itself: a watchdog, which is a process, would cost both the same. */
  private static final String QUICK =
      PLAN.formatted("{mechanism: proxy-latency, delay: 1ms}", "database");

  private static final String FREEZE =
      PLAN.formatted("{mechanism: process-tree, mode: freeze}", TARGET);

  private final Path directory;
  private final DrilledHome drilled;
  private DevServer server;
  private DrillProgram program;
  private Orchestrator client;
  private HikariDataSource ledger;
  private WorkerFactory bare;
  private String lastRun = "";

  ExperimentBenchTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.drilled = new DrilledHome(directory);
  }

  @BeforeAll
  void up() throws Exception {
    server = DevServer.start(directory);
    program = DrillProgram.open(drilled.home(), server.address(), line -> {});
    client = Orchestrator.at(server.address());
    ledger = LedgerDatabase.of(drilled.home()).writer();
    bare = WorkerFactory.newInstance(client.client());
    Worker worker = bare.newWorker(BARE_QUEUE);
    worker.registerWorkflowImplementationTypes(
        BareExperiment.Impl.class, GuardianWorkflowImpl.class);
    worker.registerActivitiesImplementations(
        new OpenRunDesk(ledger), new Histories(client.client()), new Signals(client.client()));
    bare.start();
  }

  @AfterAll
  void down() throws Exception {
    bare.shutdownNow();
    ledger.close();
    client.close();
    program.close();
    drilled.close();
    server.stop();
  }

  @Test
  void whatAnExperimentCosts() throws Exception {
    DrillPlan plan = PlanFiles.parse(QUICK, "the bench");
    for (int round = 0; round < WARM_UP; round++) {
      bare(plan);
      experiment(plan);
    }
    List<Double> ratios = new ArrayList<>();
    List<Double> ours = new ArrayList<>();
    List<Double> least = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      double bareMillis = bare(plan);
      double millis = experiment(plan);
      least.add(bareMillis);
      ours.add(millis);
      ratios.add(millis / bareMillis);
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("experimentVsBareTemporal", median(ratios));
    figures.put("experimentMillis", median(ours));
    figures.put("bareTemporalMillis", median(least));
    List<HistoryEvent> history = client.client().fetchHistory(lastRun).getEvents();
    figures.put("regularActivities", activities(history));
    figures.put("historyEvents", history.size());
    toolkit(PlanFiles.parse(FREEZE, "the bench"), figures);
    figures.put("rounds", ROUNDS);
    Path file = Path.of("target", "bench.json");
    Wire.json().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), figures);
    System.out.println("bench: " + figures);

    assertThat(activities(history)).isLessThanOrEqualTo(6);
  }

  private static long activities(List<HistoryEvent> history) {
    return history.stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
        .count();
  }

  private double experiment(DrillPlan plan) throws Exception {
    long begun = System.nanoTime();
    RunHandle run = RunHandle.of(client.client(), program.start(plan, "the bench").name());
    DrillReport report = run.await(DrilledHome.PATIENCE).orElseThrow();
    double millis = millisSince(begun);
    assertThat(report.verdict()).as(String.valueOf(report.findings())).isEqualTo(Verdict.PASSED);
    lastRun = run.name();
    return millis;
  }

  private double bare(DrillPlan plan) {
    ExperimentStep experiment = (ExperimentStep) plan.steps().get(0);
    WorkflowStub run =
        client
            .client()
            .newUntypedWorkflowStub(
                "bare-experiment",
                WorkflowOptions.newBuilder()
                    .setTaskQueue(BARE_QUEUE)
                    .setWorkflowId("bare-" + UUID.randomUUID())
                    .build());
    long begun = System.nanoTime();
    run.start(experiment, plan.system());
    run.getResult(String.class);
    return millisSince(begun);
  }

  private static double millisSince(long begun) {
    return (System.nanoTime() - begun) / 1e6;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    double middle = sorted.get(sorted.size() / 2);
    double before = sorted.get((sorted.size() - 1) / 2);
    return Math.round((middle + before) / 2 * 1000) / 1000.0;
  }

  /** By its own account, which does not count the start of its interpreter. */
  private void toolkit(DrillPlan plan, Map<String, Object> figures) throws Exception {
    Path chaos = installToolkit();
    Path experiment = directory.resolve("experiment.json");
    Files.writeString(experiment, equivalent());
    List<Double> ratios = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    for (int round = 0; round < TOOLKIT_ROUNDS; round++) {
      double ours = experiment(plan);
      Path journal = directory.resolve("journal-" + round + ".json");
      run(
          Duration.ofMinutes(1),
          List.of(
              chaos.toString(),
              "--no-version-check",
              "run",
              "--journal-path",
              journal.toString(),
              experiment.toString()));
      JsonNode told = Wire.json().readTree(journal.toFile());
      assertThat(told.path("status").asText()).isEqualTo("completed");
      double millis = told.path("duration").asDouble() * 1000;
      theirs.add(millis);
      ratios.add(ours / millis);
    }
    figures.put("experimentVsChaosToolkit", median(ratios));
    figures.put("chaosToolkitMillis", median(theirs));
  }

  private static Path installToolkit() throws Exception {
    Path venv = Path.of("target", "chaostoolkit").toAbsolutePath();
    Path chaos = venv.resolve("bin").resolve("chaos");
    if (!Files.exists(chaos)) {
      run(Duration.ofMinutes(2), List.of("python3", "-m", "venv", venv.toString()));
      run(
          Duration.ofMinutes(5),
          List.of(venv.resolve("bin/pip").toString(), "install", "-q", "chaostoolkit"));
    }
    return chaos;
  }

  private static void run(Duration atMost, List<String> command) throws Exception {
    BoundedCommand.Output said = BoundedCommand.run(command, "", atMost);
    assertThat(said.succeeded()).as(said.complaint()).isTrue();
  }

  /** Steady state, freeze, go on, steady state: what the plan does, in their format. */
  private String equivalent() throws IOException {
    return """
    {"version": "1.0.0", "title": "bench", "description": "freezes a service and lets it go on",
     "configuration": {}, "secrets": {},
     "steady-state-hypothesis": {"title": "service 1 is healthy", "probes": [
       {"type": "probe", "name": "service-1", "tolerance": 200,
        "provider": {"type": "http", "url": "%s/health", "timeout": 1}}]},
     "method": [{"type": "action", "name": "freeze",
       "provider": {"type": "process", "path": "kill", "arguments": "-STOP %d"}}],
     "rollbacks": [{"type": "action", "name": "go-on",
       "provider": {"type": "process", "path": "kill", "arguments": "-CONT %d"}}]}
    """
        .formatted(drilled.pair().system().endpoints().get("service-1"), service(), service());
  }

  /** The process of the service that the plan freezes: the one that works in its directory. */
  private long service() throws IOException {
    return ProcessHandle.allProcesses()
        .filter(each -> workingDirectory(each).endsWith(Path.of(TARGET, "work")))
        .filter(each -> workingDirectory(each).startsWith(drilled.home().root()))
        .findFirst()
        .orElseThrow(() -> new IOException(TARGET + " does not run"))
        .pid();
  }

  private static Path workingDirectory(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"));
    } catch (IOException ended) {
      return Path.of("");
    }
  }
}
