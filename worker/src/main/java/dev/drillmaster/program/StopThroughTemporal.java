package dev.drillmaster.program;

import dev.drillmaster.guard.OpenWork;
import dev.drillmaster.stop.HostStopped;
import dev.drillmaster.stop.StopRequest;
import dev.drillmaster.stop.StopStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Stops everything by a workflow, and waits until runs are over.
 *
 * @param stopping what is wanted and who is told
 * @param client of the Temporal server
 * @param stoppedAt when it was commanded
 */
record StopThroughTemporal(StoppingAll stopping, WorkflowClient client, Instant stoppedAt) {

  /** After so long without a worker this host is healed directly. */
  private static final Duration WORKER_ANSWERS = Duration.ofSeconds(4);

  /** A worker that takes longer to say how far it is counts as away. */
  private static final Duration WORKER_IS_SLOW = Duration.ofSeconds(8);

  /** Longer than a host has to begin. */
  private static final Duration HOSTS_ANSWER = Duration.ofSeconds(15);

  /** Longer than that, and than starting it and giving it up take. */
  private static final Duration OTHERS_ANSWER = Duration.ofSeconds(25);

  private static final Duration A_LOOK = Duration.ofSeconds(10);
  private static final int LOOKS = 3;
  private static final Duration RUNS_END = Duration.ofMinutes(2);

  /** Each look is a task of the worker, which has better things to do just then. */
  private static final long LOOK_MILLIS = 200;

  /**
   * Does it.
   *
   * @param open what goes on, as far as the ledger said
   * @return see {@link StoppingAll#stopAll}
   */
  boolean run(OpenWork open) throws IOException, InterruptedException {
    Set<String> hosts = new LinkedHashSet<>(List.of(LabHost.NAME));
    hosts.addAll(open.hosts());
    Set<String> runs = new LinkedHashSet<>(open.campaigns());
    if (!stopping.run().isEmpty()) {
      runs.add(stopping.run());
    }
    // Those that hold a fault know by its heal; the workflow sees to it that they end.
    open.runs().stream().filter(name -> !open.holders().containsValue(name)).forEach(runs::add);
    StopRequest request =
        new StopRequest(List.copyOf(hosts), List.copyOf(runs), stopping.who(), stopping.reason());
    stopping.told().line("sent at " + Instant.ofEpochMilli(System.currentTimeMillis()));
    long sent = System.nanoTime();
    // A client tries for minutes to reach a server that has gone.
    StopAllHandle stop =
        Bounded.within(WORKER_IS_SLOW, () -> StopAllHandle.start(client, request))
            .orElseThrow(() -> new IllegalStateException("Temporal takes no command"));
    Optional<StopStatus> status = Bounded.within(WORKER_ANSWERS, stop::status);
    if (status.isEmpty()) {
      stopping.told().line("no worker has answered yet: this host is healed directly");
      stopping.healHere();
    }
    status = untilHealed(stop, sent);
    return status.isPresent()
        ? withWorker(stop, status.get(), open.runs(), sent)
        : withoutWorker(stop, request, open.runs());
  }

  /** Empty if no worker says how far it is. */
  private static Optional<StopStatus> untilHealed(StopAllHandle stop, long sent)
      throws InterruptedException {
    while (true) {
      Optional<StopStatus> now = Bounded.within(WORKER_IS_SLOW, stop::status);
      boolean late = System.nanoTime() - sent > HOSTS_ANSWER.toNanos();
      if (now.isEmpty() || now.get().allHosts() || late) {
        return now;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  /** The workflow is given up, so that it does not stop anew when a worker comes at last. */
  private boolean withoutWorker(StopAllHandle stop, StopRequest request, List<String> open)
      throws IOException, InterruptedException {
    stopping.told().line("no worker answers: this host is healed directly");
    HostStopped here = stopping.healHere();
    boolean givenUp =
        Bounded.within(
                WORKER_ANSWERS,
                () -> stop.giveUp("no worker answered; the command did it directly"))
            .orElse(true);
    List<HostStopped> hosts = new ArrayList<>(List.of(here));
    if (givenUp) {
      hosts.addAll(healOthers(request));
    }
    boolean recorded = !givenUp || stopping.record(stoppedAt, hosts);
    boolean over = true;
    Set<String> runs = new LinkedHashSet<>(request.runs());
    runs.addAll(open);
    for (String name : runs) {
      over &= Bounded.within(WORKER_IS_SLOW, () -> toldOrOver(name)).orElse(false);
    }
    boolean all = !givenUp || hosts.size() == request.hosts().size();
    return over && recorded && all && hosts.stream().allMatch(HostStopped::nothingLeft);
  }

  /** What hosts with an agent did; nothing of those of which nobody knows. */
  private List<HostStopped> healOthers(StopRequest request) throws InterruptedException {
    List<String> hosts =
        request.hosts().stream().filter(host -> !host.equals(LabHost.NAME)).toList();
    if (hosts.isEmpty()) {
      return List.of();
    }
    StopRequest others = new StopRequest(hosts, List.of(), request.name(), request.reason());
    try (StopWorker worker = new StopWorker(client)) {
      // Bounded: a server that is lost now must not keep the stop from being recorded.
      return Bounded.within(OTHERS_ANSWER, () -> healOthers(others, worker.queue()))
          .orElse(List.of());
    }
  }

  private List<HostStopped> healOthers(StopRequest others, String queue)
      throws InterruptedException {
    long sent = System.nanoTime();
    StopAllHandle stop = StopAllHandle.start(client, others, queue);
    List<HostStopped> healed = untilHealed(stop, sent).map(StopStatus::hosts).orElse(List.of());
    stopping.told().healed(healed, millisSince(sent));
    if (healed.size() < others.hosts().size()) {
      stopping
          .told()
          .line("hosts that are not named did not answer: their leases end their faults");
    }
    boolean unused = stop.giveUp("the hosts have healed; the command records it directly");
    return healed;
  }

  private boolean toldOrOver(String name) {
    WorkHandle<?, ?> handle = WorkHandle.find(client, name);
    if (!handle.isOpen()) {
      return ended(name);
    }
    handle.emergencyStop();
    stopping.told().line(name + " was told to stop, and ends when a worker works for it");
    return false;
  }

  private boolean withWorker(StopAllHandle stop, StopStatus healed, List<String> open, long sent)
      throws InterruptedException {
    stopping.told().healed(healed.hosts(), millisSince(sent));
    StopStatus last = untilEnded(stop).orElse(healed);
    if (last.hosts().size() > healed.hosts().size()) {
      stopping.told().line("and hosts of which only the ledger knew:");
      stopping.told().healed(last.hosts(), millisSince(sent));
    }
    if (last.recorded()) {
      stopping.recorded();
    } else {
      stopping
          .told()
          .line(
              "NOT RECORDED yet"
                  + (last.waiting() == null ? "" : ": " + last.waiting())
                  + "; it will be when the ledger answers");
    }
    // One whose fault was healed may have ended before the workflow asked what goes on.
    Set<String> runs = new LinkedHashSet<>(open);
    runs.addAll(last.told());
    runs.addAll(last.gone());
    boolean over = true;
    for (String name : runs) {
      over &= ended(name);
    }
    boolean nothingLeft =
        last.allHosts() && last.hosts().stream().allMatch(HostStopped::nothingLeft);
    return over && nothingLeft && last.recorded();
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }

  private static Optional<StopStatus> untilEnded(StopAllHandle stop) throws InterruptedException {
    Optional<StopStatus> now = Optional.empty();
    for (int look = 0; look < LOOKS; look++) {
      Optional<StopStatus> ended = stop.await(A_LOOK);
      if (ended.isPresent()) {
        return ended;
      }
      now = Bounded.within(WORKER_ANSWERS, stop::status);
      // A ledger that is away is told; a hundred runs that end by themselves are waited for.
      if (now.map(status -> status.waiting() != null).orElse(false)) {
        return now;
      }
    }
    return now;
  }

  private boolean ended(String name) {
    try {
      WorkHandle<?, ?> handle = WorkHandle.find(client, name);
      Optional<WorkHandle.End> end = handle.awaitEnd(RUNS_END);
      stopping
          .told()
          .line(
              handle.kind()
                  + " "
                  + name
                  + end.map(over -> " is over: " + over.inShort())
                      .orElse(" was told to stop and is not over yet; see drillmaster status"));
      return end.isPresent() && !end.get().handedOver();
    } catch (WorkflowNotFoundException forgotten) {
      stopping
          .told()
          .line(name + " is not on this Temporal server: \"drillmaster heal\" closes its books");
      return false;
    } catch (WorkHandle.WithoutReport silent) {
      stopping.told().line(String.valueOf(silent.getMessage()));
      return false;
    }
  }
}
