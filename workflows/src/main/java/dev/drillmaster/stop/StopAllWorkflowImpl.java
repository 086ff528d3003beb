package dev.drillmaster.stop;

import dev.drillmaster.audit.Assurance;
import dev.drillmaster.audit.Books;
import dev.drillmaster.audit.OneTry;
import dev.drillmaster.guard.GuardActivities;
import dev.drillmaster.guard.OpenWork;
import dev.drillmaster.injection.HealAllReport;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.Host;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Heals first, tells runs second and writes third, because only the first is urgent. */
public final class StopAllWorkflowImpl implements StopAllWorkflow {

  private static final Logger LOG = Workflow.getLogger(StopAllWorkflowImpl.class);

  /**
   * So long runs are not told to stop yet: a hundred that heal for themselves would be in the way
   * of the hosts. A host that takes longer, or is still closing what it took away, keeps them no
   * further.
   */
  private static final Duration HOSTS_FIRST = Duration.ofSeconds(1);

  /**
   * So long the stop is not written yet: one that waits would find itself refused by it before it
   * is told. A hundred signals to a busy server keep the record no further.
   */
  private static final Duration RUNS_FIRST = Duration.ofSeconds(2);

  /**
   * So long runs whose fault was healed here are not told at all: their holder tells them, and a
   * hundred signals more, each a workflow task, would keep a hundred ends waiting.
   */
  private static final Duration BY_THEMSELVES = Duration.ofSeconds(15);

  /** Whose fault was healed is known by the answer of its host. */
  private static final Duration HOSTS_ANSWER = Duration.ofSeconds(5);

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration TELLING = Duration.ofMinutes(5);
  private static final Duration ATTEMPT = Duration.ofSeconds(5);

  /** On the queue of the stop itself: whoever works for that is there. Tried until it works. */
  private final TellActivities runs =
      Workflow.newActivityStub(
          TellActivities.class,
          ActivityOptions.newBuilder()
              .setSummary("tell runs and campaigns to stop")
              .setStartToCloseTimeout(TELLING)
              .setHeartbeatTimeout(Host.SILENCE)
              .setRetryOptions(RetryOptions.newBuilder().setMaximumInterval(ATTEMPT).build())
              .build());

  private final Books books = new Books();
  private final List<HostStopped> hosts = new ArrayList<>();
  private final Set<String> told = new LinkedHashSet<>();
  private final Set<String> gone = new LinkedHashSet<>();
  private final Set<String> wanted = new LinkedHashSet<>();
  private boolean recorded;

  @Override
  public StopStatus run(StopRequest request) {
    // Detached: a stop is not stopped half-way, whoever cancels it.
    Workflow.newDetachedCancellationScope(() -> stop(request)).run();
    return status();
  }

  private void stop(StopRequest request) {
    Instant stoppedAt = Books.now();
    Promise<Void> healing = heal(request.hosts());
    Workflow.await(HOSTS_FIRST, healing::isCompleted);
    Promise<Void> telling = Async.procedure(this::tell, request.runs());
    Workflow.await(RUNS_FIRST, telling::isCompleted);
    books.note(
        new StopEvent.AllStopped(stoppedAt, request.reason(), List.copyOf(hosts)),
        request.name(),
        Assurance.DECLARED);
    books.writeAtLast();
    recorded = true;
    telling.get();
    Workflow.await(HOSTS_ANSWER, healing::isCompleted);
    // Only now: whoever was admitted before the stop was in force is in this list.
    OpenWork open = openWork();
    Promise<Void> healingMore = heal(open.hosts());
    tell(open.campaigns());
    Set<String> holders = whoseFaultIsHealed(open);
    List<String> ending = untold(open.runs()).stream().filter(holders::contains).toList();
    tell(open.runs().stream().filter(run -> !ending.contains(run)).toList());
    healing.get();
    healingMore.get();
    if (!ending.isEmpty()) {
      awaitEnds(ending);
      tell(ending);
    }
  }

  /** Not those that injected after this stop had healed, which are told at once. */
  private Set<String> whoseFaultIsHealed(OpenWork open) {
    return hosts.stream()
        .map(HostStopped::report)
        .filter(Objects::nonNull)
        .flatMap(report -> report.healed().keySet().stream())
        .map(open.holders()::get)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private static void awaitEnds(List<String> runs) {
    Instant latest = Books.now().plus(BY_THEMSELVES);
    while (Books.now().isBefore(latest)) {
      @Nullable OpenWork open = whatGoesOn();
      if (open != null && Collections.disjoint(open.runs(), runs)) {
        return;
      }
      Workflow.sleep(LOOK);
    }
  }

  /** All at once; each host once. */
  private Promise<Void> heal(List<String> names) {
    List<Promise<Void>> healing = new ArrayList<>();
    for (String name : names) {
      if (wanted.add(name)) {
        healing.add(Async.procedure(this::heal, name));
      }
    }
    return Promise.allOf(healing);
  }

  private void heal(String host) {
    try {
      HealAllReport report = new Host(host).healAll(HealReport.STOP_OF_EVERYTHING);
      hosts.add(new HostStopped(host, report, ""));
    } catch (ActivityFailure silent) {
      hosts.add(new HostStopped(host, null, reason(silent)));
    }
  }

  private static String reason(ActivityFailure failure) {
    return failure.getCause() instanceof ApplicationFailure said
        ? said.getOriginalMessage()
        : "it does not answer: its faults end by their leases";
  }

  /**
   * Each of them once. By one activity: of a signal from this workflow to each, the server keeps
   * two events here beside the one of the run, when the runs need it to end.
   */
  private void tell(List<String> names) {
    List<String> left = untold(names);
    if (!left.isEmpty()) {
      Told now = runs.tell(left);
      told.addAll(now.told());
      gone.addAll(now.gone());
    }
  }

  private List<String> untold(List<String> names) {
    return names.stream().filter(name -> !told.contains(name) && !gone.contains(name)).toList();
  }

  private static OpenWork openWork() {
    @Nullable OpenWork open = whatGoesOn();
    while (open == null) {
      Workflow.sleep(ATTEMPT);
      open = whatGoesOn();
    }
    return open;
  }

  /** Null if the ledger does not say. */
  private static @Nullable OpenWork whatGoesOn() {
    try {
      return OneTry.of(GuardActivities.class, ATTEMPT, "ask the ledger what goes on").openWork();
    } catch (ActivityFailure silent) {
      LOG.warn("the ledger does not say what goes on: {}", silent.getMessage());
      return null;
    }
  }

  @Override
  public StopStatus status() {
    @Nullable String waiting = recorded ? null : books.waiting();
    return new StopStatus(
        List.copyOf(wanted), hosts, List.copyOf(told), List.copyOf(gone), recorded, waiting);
  }
}
