package dev.drillmaster.drill;

import dev.drillmaster.agent.AgentActivities;
import dev.drillmaster.agent.AgentIdentity;
import dev.drillmaster.agent.AgentLedgerActivities;
import dev.drillmaster.agent.AgentLook;
import dev.drillmaster.agent.HostAccounts;
import dev.drillmaster.agent.InjectionAccount;
import dev.drillmaster.agent.RegisteredAgents;
import dev.drillmaster.audit.AuditBatch;
import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.audit.LedgerActivities;
import dev.drillmaster.guard.Admission;
import dev.drillmaster.guard.AdmissionRequest;
import dev.drillmaster.guard.GuardActivities;
import dev.drillmaster.guard.OpenWork;
import dev.drillmaster.injection.HealActivities;
import dev.drillmaster.injection.HealAllReport;
import dev.drillmaster.injection.HealAllRequest;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.Held;
import dev.drillmaster.injection.HoldReport;
import dev.drillmaster.injection.HostActivities;
import dev.drillmaster.injection.Injected;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import dev.drillmaster.injection.Prepared;
import dev.drillmaster.injection.Ready;
import dev.drillmaster.reaper.ExecutionStatus;
import dev.drillmaster.reaper.HistoryActivities;
import dev.drillmaster.reaper.OpenRun;
import dev.drillmaster.reaper.OpenRunActivities;
import dev.drillmaster.reaper.OperatorCommand;
import dev.drillmaster.verdict.FailureKind;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A host and a ledger with memory: they keep what they were asked, in order, and do what the test
 * tells them.
 */
final class RehearsedHost {

  /** An injection that journal and ledger know. */
  private static final UUID KNOWN = new UUID(0, 5);

  /**
   * All that was asked, in order: {@code prepare}, {@code inject}, {@code step detect}, {@code
   * heal} and so on.
   */
  final List<String> asked = new CopyOnWriteArrayList<>();

  /** The same with the target, for what is asked of one. */
  final List<String> askedOf = new CopyOnWriteArrayList<>();

  /** All that the ledger keeps, in the order of arrival, each once. */
  final List<AuditEntry> kept = new CopyOnWriteArrayList<>();

  /** Steps of these kinds end so; all others are met. */
  final Map<String, Criterion.Result> results = new ConcurrentHashMap<>();

  /** The host refuses steps of these kinds, or to {@code prepare}. */
  final Set<String> refused = ConcurrentHashMap.newKeySet();

  /** Compensations end so. */
  volatile CompensationReport.State compensated = CompensationReport.State.DONE;

  /** Steps of these kinds do not end by themselves; the latch says that one has begun. */
  final Map<String, CountDownLatch> hanging = new ConcurrentHashMap<>();

  /** So many attempts to heal, to compensate and to write fail before one works. */
  final AtomicInteger healFailures = new AtomicInteger();

  final AtomicInteger compensationFailures = new AtomicInteger();
  final AtomicInteger ledgerFailures = new AtomicInteger();

  /** Writes of this kind of event do not end until they are released, or for three seconds. */
  volatile String slowKind = "";

  final CountDownLatch writing = new CountDownLatch(1);
  final CountDownLatch released = new CountDownLatch(1);

  /** A batch with an event of one of these kinds is not taken by the ledger. */
  final Set<String> notTaken = ConcurrentHashMap.newKeySet();

  /** When it is first to write this kind of event, the ledger loses all that it kept before. */
  final Set<String> losesBefore = ConcurrentHashMap.newKeySet();

  /** Injections of the journal that the ledger does not know. */
  final List<InjectionAccount> lost = new CopyOnWriteArrayList<>();

  /** Completed by a test, the holder ends with this before the fault is healed on purpose. */
  final CompletableFuture<Held> holderEnds = new CompletableFuture<>();

  /** What the host says of a fault that is healed: who was first, what it sees then. */
  volatile String healedBy = "workflow";

  volatile Inspection.State sees = Inspection.State.ABSENT;

  /** Whether the host that heals does not know that anything was injected. */
  volatile boolean forgets;

  /** What guardians asked of the host. */
  final List<String> relieved = new CopyOnWriteArrayList<>();

  /** The run that the ledger has open; none by default. */
  volatile @Nullable OpenRun left;

  /** How the run stands on the server. */
  volatile ExecutionStatus status = ExecutionStatus.RUNNING;

  volatile ExecutionStatus guardianStatus = ExecutionStatus.UNKNOWN;

  /** What the history has of operators. */
  final List<OperatorCommand> commands = new CopyOnWriteArrayList<>();

  /** Who asked to be admitted, and what they are told one after the other; after that, yes. */
  final List<AdmissionRequest> asks = new CopyOnWriteArrayList<>();

  final Queue<Admission> answers = new ConcurrentLinkedQueue<>();

  /** So many questions to the guard fail before one is answered. */
  final AtomicInteger guardFailures = new AtomicInteger();

  /** What goes on according to the ledger. */
  volatile OpenWork open = new OpenWork(List.of(), List.of(), List.of(), Map.of());

  private static final Held HELD =
      new Held(new HoldReport(5, Duration.ofMillis(100), false, "healed"), null);

  private final Set<UUID> holding = ConcurrentHashMap.newKeySet();
  private final Map<UUID, CompletableFuture<Held>> healed = new ConcurrentHashMap<>();

  /** Which agent answers where it acts, and where it heals. */
  volatile AgentIdentity acts = new AgentIdentity("lab", "1:1", new UUID(0, 1), 1, "everything");

  volatile AgentIdentity heals = acts;

  final class Acting implements HostActivities, StepActivities, AgentActivities {

    @Override
    public AgentIdentity greet(String host) {
      return acts;
    }

    @Override
    public AgentLook look(String host) {
      return new AgentLook(acts, 0, null);
    }

    @Override
    public List<UUID> newest(String host) {
      List<UUID> newest = new ArrayList<>(List.of(KNOWN));
      lost.forEach(each -> newest.add(each.spec().id()));
      return newest;
    }

    @Override
    public HostAccounts accounts(List<UUID> injections) {
      return new HostAccounts(
          "lab", lost.stream().filter(each -> injections.contains(each.spec().id())).toList());
    }

    @Override
    public Roles resolve(String system) {
      asked.add("resolve");
      return new Roles("db1", "db2");
    }

    @Override
    public Prepared prepare(InjectionSpec injection) {
      asked.add("prepare");
      refuse("prepare");
      return new Prepared("3 processes run");
    }

    @Override
    public Injected inject(InjectionSpec injection, @Nullable String agent) {
      if (agent != null && !agent.equals(acts.named())) {
        throw ApplicationFailure.newNonRetryableFailure("another agent", FailureKind.REFUSED);
      }
      asked.add("inject");
      askedOf.add("inject " + injection.target());
      return new Injected(Instant.EPOCH, new Inspection(Inspection.State.PRESENT, "none runs"));
    }

    @Override
    public Held hold(InjectionSpec injection) {
      asked.add("hold");
      holding.add(injection.id());
      try {
        return (Held)
            CompletableFuture.anyOf(healed(injection), holderEnds).get(60, TimeUnit.SECONDS);
      } catch (ExecutionException failed) {
        throw new IllegalStateException(failed.getMessage(), failed);
      } catch (TimeoutException | InterruptedException notHealed) {
        throw new IllegalStateException("nobody healed", notHealed);
      }
    }

    @Override
    public StepResult run(StepRequest request) {
      String kind = request.step().kind();
      asked.add("step " + kind);
      refuse(kind);
      CountDownLatch begun = hanging.get(kind);
      if (begun != null) {
        begun.countDown();
        // Ends when its run is over, or after a minute: a stop must not wait for it.
        await(new CountDownLatch(1), 3);
      }
      Criterion.Result result = results.getOrDefault(kind, Criterion.Result.MET);
      Measurement measured =
          kind.equals("reconcile")
              ? new Measurement(
                  900L, 20, 3, 0.1, 512, 0, 0, 1, 1000, 900, Map.of("promoted", 700L), null, null)
              : null;
      return new StepResult(
          kind + " done",
          List.of(new Criterion("it worked", result, "seen")),
          List.of(),
          List.of(),
          measured);
    }
  }

  private void refuse(String what) {
    if (refused.contains(what)) {
      throw ApplicationFailure.newNonRetryableFailure(what + " is refused", FailureKind.REFUSED);
    }
  }

  final class Healing
      implements HealActivities, CompensationActivities, AgentActivities, LookActivities {

    @Override
    public Looked before(LookRequest request) {
      asked.add("look");
      Roles roles = new Roles("db1", "db2");
      Criterion.Result result = results.getOrDefault("look", Criterion.Result.MET);
      StepResult gate = StepResult.of("looked", new Criterion("it is steady", result, "seen"));
      boolean steady = result == Criterion.Result.MET;
      List<InjectionSpec> faults = steady ? request.faults(roles) : List.of();
      return new Looked(roles, gate, faults.stream().map(this::ready).toList());
    }

    private Ready ready(InjectionSpec injection) {
      return refused.contains("prepare")
          ? new Ready(injection.id(), heals.named(), null, "prepare is refused")
          : new Ready(injection.id(), heals.named(), new Prepared("3 processes run"), null);
    }

    @Override
    public AgentIdentity greet(String host) {
      return heals;
    }

    @Override
    public AgentLook look(String host) {
      return new AgentLook(heals, 0, null);
    }

    @Override
    public List<UUID> newest(String host) {
      List<UUID> newest = new ArrayList<>(List.of(KNOWN));
      lost.forEach(each -> newest.add(each.spec().id()));
      return newest;
    }

    @Override
    public HostAccounts accounts(List<UUID> injections) {
      return new HostAccounts(
          "lab", lost.stream().filter(each -> injections.contains(each.spec().id())).toList());
    }

    @Override
    public HealReport heal(InjectionSpec injection) {
      asked.add("heal");
      askedOf.add("heal " + injection.target());
      if (healFailures.getAndDecrement() > 0) {
        throw new IllegalStateException("the effect is still seen");
      }
      healed(injection).complete(HELD);
      boolean injected = asked.contains("inject") && !forgets;
      return new HealReport(
          Instant.EPOCH, Instant.EPOCH, healedBy, injected, false, new Inspection(sees, "all run"));
    }

    @Override
    public List<HealReport> healRun(UUID runId, String by) {
      relieved.add("heal-run by " + by);
      return List.of();
    }

    @Override
    public @Nullable Injected injected(UUID injectionId) {
      return null;
    }

    @Override
    public HealAllReport healAll(HealAllRequest request) {
      asked.add("heal all by " + request.by());
      Map<UUID, HealReport> all = new HashMap<>();
      for (UUID injection : holding) {
        HealReport report =
            new HealReport(
                Instant.EPOCH,
                Instant.EPOCH,
                request.by(),
                true,
                false,
                new Inspection(sees, "all run"));
        all.put(injection, report);
        healed
            .computeIfAbsent(injection, id -> new CompletableFuture<>())
            .complete(new Held(HELD.report(), report));
      }
      return new HealAllReport(all, Map.of(), 7);
    }

    @Override
    public CompensationReport compensate(CompensationRequest request) {
      asked.add("compensate " + request.compensation().kind() + " " + request.path());
      if (compensationFailures.getAndDecrement() > 0) {
        throw new IllegalStateException("not yet");
      }
      int attempt = Activity.getExecutionContext().getInfo().getAttempt();
      return new CompensationReport(compensated, "put right", attempt);
    }
  }

  final class Ledger implements LedgerActivities {

    @Override
    public void record(AuditBatch batch) {
      if (batch.entries().stream().anyMatch(entry -> entry.event().kind().equals(slowKind))) {
        writing.countDown();
        await(released, 3);
      }
      if (ledgerFailures.getAndDecrement() > 0) {
        throw new IllegalStateException("connection refused");
      }
      if (batch.entries().stream().anyMatch(entry -> losesBefore.remove(entry.event().kind()))) {
        kept.clear();
      }
      UUID before = batch.after();
      if (before != null && kept.stream().noneMatch(known -> known.id().equals(before))) {
        throw ApplicationFailure.newFailure("it has lost event " + before, BEHIND);
      }
      if (batch.entries().stream().anyMatch(entry -> notTaken.contains(entry.event().kind()))) {
        throw new IllegalStateException("a row breaks a rule");
      }
      for (AuditEntry entry : batch.entries()) {
        if (kept.stream().noneMatch(known -> known.id().equals(entry.id()))) {
          kept.add(entry);
        }
      }
    }
  }

  final class Hosts implements AgentLedgerActivities {

    @Override
    public RegisteredAgents registered() {
      return new RegisteredAgents(List.of());
    }

    @Override
    public List<String> hosts() {
      return List.of("lab", "silent");
    }

    @Override
    public List<UUID> unknown(List<UUID> injections) {
      return injections.stream().filter(id -> !id.equals(KNOWN)).toList();
    }

    @Override
    public List<String> reconcile(HostAccounts accounts) {
      asked.add("reconcile " + accounts.host());
      return accounts.injections().stream().map(each -> "lost " + each.spec().target()).toList();
    }
  }

  final class Left implements OpenRunActivities, HistoryActivities {

    @Override
    public @Nullable OpenRun openRun(UUID runId) {
      if (ledgerFailures.getAndDecrement() > 0) {
        throw new IllegalStateException("connection refused");
      }
      return keptKinds().contains("run-ended") ? null : left;
    }

    @Override
    public List<OpenRun> openRuns() {
      OpenRun open = openRun(new UUID(0, 0));
      return open == null ? List.of() : List.of(open);
    }

    @Override
    public DrillReport report(UUID runId, Outcome outcome) {
      return new DrillReport(
          "left-behind",
          runId,
          "rehearsal",
          Verdict.INCONCLUSIVE,
          outcome,
          Instant.EPOCH,
          Instant.EPOCH,
          null,
          null,
          null,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          null);
    }

    @Override
    public ExecutionStatus status(String workflowId) {
      return workflowId.contains("/guardian/") ? guardianStatus : status;
    }

    @Override
    public List<OperatorCommand> operatorCommands(String workflowId, String executionId) {
      return List.copyOf(commands);
    }
  }

  final class Guard implements GuardActivities {

    @Override
    public Admission admit(AdmissionRequest request) {
      asks.add(request);
      if (guardFailures.getAndDecrement() > 0) {
        throw new IllegalStateException("connection refused");
      }
      Admission answer = answers.poll();
      return answer == null ? Admission.granted(Instant.EPOCH) : answer;
    }

    @Override
    public OpenWork openWork() {
      asked.add("open work");
      return open;
    }
  }

  /** The faults that are held now. */
  Set<UUID> holding() {
    return Set.copyOf(holding);
  }

  /** The kinds of the events that the ledger keeps. */
  List<String> keptKinds() {
    return kept.stream().map(entry -> entry.event().kind()).toList();
  }

  private CompletableFuture<Held> healed(InjectionSpec injection) {
    return healed.computeIfAbsent(injection.id(), id -> new CompletableFuture<>());
  }

  private static boolean await(CountDownLatch latch, int seconds) {
    try {
      return latch.await(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
