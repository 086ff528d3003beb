package dev.drillmaster.step;

import dev.drillmaster.drill.Compensation;
import dev.drillmaster.drill.CompensationReport;
import dev.drillmaster.drill.CompensationRequest;
import dev.drillmaster.drill.Criterion;
import dev.drillmaster.drill.ExperimentStep;
import dev.drillmaster.drill.InjectStep;
import dev.drillmaster.drill.Roles;
import dev.drillmaster.drill.Step;
import dev.drillmaster.drill.StepRequest;
import dev.drillmaster.drill.StepResult;
import dev.drillmaster.injector.Heartbeat;
import dev.drillmaster.injector.RefusedException;
import dev.drillmaster.journal.HostJournal;
import dev.drillmaster.journal.HostLock;
import dev.drillmaster.policy.Policy;
import dev.drillmaster.prober.Probers;
import dev.drillmaster.process.Poll;
import dev.drillmaster.steadystate.Observation;
import dev.drillmaster.steadystate.Probe;
import dev.drillmaster.system.Pair;
import dev.drillmaster.system.SystemDefinition;
import dev.drillmaster.system.Systems;
import dev.drillmaster.target.Targets;
import dev.drillmaster.verdict.Finding;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The boundary for steps and compensations of one host, as {@link
 * dev.drillmaster.injector.HostInjections} is for faults. Steps of a system are done one at a time,
 * and none of a run once a compensation of it has begun: a step that is under way is interrupted,
 * and one that is delivered late is refused.
 */
public final class HostSteps {

  /** Longer than a step that was interrupted may need until it notices. */
  private static final Duration UNTIL_STEP_ENDS = Duration.ofSeconds(90);

  private static final Duration RESOLVE = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final HostJournal journal;
  private final Targets targets;
  private final Systems systems;
  private final Probers probers = Probers.all();
  private final StepRunners runners = new StepRunners();
  private final Compensators compensators = new Compensators();
  private final RunningSteps running = new RunningSteps();
  private final LoadStarter loadStarter;
  private final Policy policy;

  /**
   * For the systems of this host.
   *
   * @param policy whether steps may be done; not asked by compensations
   */
  public HostSteps(
      HostJournal journal,
      Targets targets,
      Systems systems,
      LoadStarter loadStarter,
      Policy policy) {
    this.journal = journal;
    this.targets = targets;
    this.systems = systems;
    this.loadStarter = loadStarter;
    this.policy = policy;
  }

  /**
   * Finds a system and who is primary; reads only.
   *
   * @throws RefusedException if it is not there or not whole
   */
  public Roles resolve(String system) throws IOException, InterruptedException {
    List<Roles> seen = new ArrayList<>();
    // A standby that has just connected is seen by its primary a little later.
    Poll.until(
        RESOLVE,
        LOOK,
        () -> {
          look(system).ifPresent(seen::add);
          return !seen.isEmpty();
        });
    if (!seen.isEmpty()) {
      return seen.get(0);
    }
    throw new RefusedException(
        "system "
            + system
            + " has no primary with a standby that streams: run \"drillmaster heal\", or start it");
  }

  /**
   * Who is primary and who streams from it, looked at once; empty if that is not so.
   *
   * @throws RefusedException if the host does not define the system
   */
  public Optional<Roles> look(String system) throws IOException {
    Pair pair = pair(system);
    for (String node : pair.system().nodes()) {
      if (pair.streams(node)) {
        return Optional.of(new Roles(pair.system().other(node), node));
      }
    }
    return Optional.empty();
  }

  /**
   * Does one step, then asks the plan's own criteria until they are met or the step's limit comes.
   *
   * @param heartbeat asked first; if it throws, nothing is done
   * @throws RefusedException if the run is being rolled back, or the system is not there
   * @throws InterruptedException if the run began to be rolled back
   */
  public StepResult run(StepRequest request, Heartbeat heartbeat)
      throws IOException, SQLException, InterruptedException {
    heartbeat.beat();
    return request.step().changesTheSystem() ? alone(request) : done(request);
  }

  @SuppressWarnings("try") // The lock is held, not used.
  private StepResult alone(StepRequest request)
      throws IOException, SQLException, InterruptedException {
    refuseIfEnded(request);
    try (HostLock lock = journal.lockSystem(request.system(), request.step().limit())) {
      return done(request);
    }
  }

  /**
   * The same for a step that only looks, which nobody need want any more. Such steps take no lock:
   * whoever watches must keep nobody from looking.
   */
  public StepResult ask(StepRequest request)
      throws IOException, SQLException, InterruptedException {
    return done(request);
  }

  @SuppressWarnings("try") // The entry is held, not used.
  private StepResult done(StepRequest request)
      throws IOException, SQLException, InterruptedException {
    Optional<String> refusal = policy.refusalOfSteps();
    if (refusal.isPresent()) {
      throw new RefusedException(refusal.get());
    }
    Pair pair = pair(request.system());
    try (RunningSteps.Entry entry = running.enter(request.runId())) {
      // Not before: a rollback that begins now interrupts it.
      refuseIfEnded(request);
      StepContext context = new StepContext(request, pair, probers, loadStarter);
      StepRunner<Step> runner = runners.of(request.step());
      StepResult done = runner.run(request.step(), context);
      return verified(done, request.step(), runner, context);
    }
  }

  private void refuseIfEnded(StepRequest request) {
    if (journal.runEnded(request.runId())) {
      throw new RefusedException(
          "run " + request.runId() + " is being rolled back or over: no step of it is done");
    }
  }

  private static StepResult verified(
      StepResult done, Step step, StepRunner<Step> runner, StepContext context)
      throws IOException, InterruptedException {
    List<Criterion> criteria = new ArrayList<>(done.criteria());
    List<Observation> observations = new ArrayList<>(done.observations());
    boolean met = criteria.stream().allMatch(each -> each.result() == Criterion.Result.MET);
    for (Probe probe : step.verify()) {
      Observation[] seen = {context.ask(probe)};
      if (met) {
        context.await(
            () -> {
              seen[0] = Boolean.TRUE.equals(seen[0].met()) ? seen[0] : context.ask(probe);
              return Boolean.TRUE.equals(seen[0].met());
            });
      }
      met &= Boolean.TRUE.equals(seen[0].met());
      observations.add(seen[0]);
      criteria.add(StepContext.criterion(seen[0]));
    }
    if (met) {
      runner.verified(context);
    }
    List<Finding> findings = new ArrayList<>(done.findings());
    context.lostMarks().ifPresent(findings::add);
    return new StepResult(done.detail(), criteria, observations, findings, done.measurement());
  }

  /**
   * Puts right what a step left behind. Ends the step of the run that is under way, for good; a
   * frozen process that does a step of the system is killed.
   *
   * @param attempt from 1
   * @throws IOException if the wanted end is not reached; to be tried again
   */
  @SuppressWarnings("try") // The lock is held, not used.
  public CompensationReport compensate(CompensationRequest request, int attempt)
      throws IOException, SQLException, InterruptedException {
    Pair pair = pair(request.system());
    journal.endRun(request.runId());
    running.interrupt(request.runId());
    try (HostLock lock = journal.lockSystemOrEvict(request.system(), UNTIL_STEP_ENDS)) {
      Compensator<Compensation> compensator = compensators.of(request.compensation());
      return compensator.compensate(request, pair, attempt);
    }
  }

  private Pair pair(String system) throws IOException {
    SystemDefinition definition =
        systems
            .find(system)
            .orElseThrow(
                () -> new RefusedException("this host defines no system \"" + system + "\""));
    return new Pair(journal, targets, definition);
  }

  /** The kinds of steps that a host does; those that hold faults are done by the workflow. */
  static List<Class<?>> kinds() {
    List<Class<?>> kinds = new ArrayList<>(List.of(Step.class.getPermittedSubclasses()));
    kinds.removeAll(List.of(InjectStep.class, ExperimentStep.class));
    return kinds;
  }
}
