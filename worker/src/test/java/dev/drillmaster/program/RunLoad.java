package dev.drillmaster.program;

import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillRequest;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.plan.PlanFiles;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowServiceException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Runs all the time, one after the other on each of three systems: the services of the two agents,
 * and the lab. Each holds its fault for a few seconds. A server that is away is waited for.
 */
final class RunLoad implements AutoCloseable {

  static final Duration LEASE = Duration.ofSeconds(3);

  private static final Duration MAX_WAIT = Duration.ofMinutes(2);
  private static final long LOOK_MILLIS = 200;
  private static final Duration UNTIL_ENDED = Duration.ofMinutes(3);

  private final Orchestrator orchestrator;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger started = new AtomicInteger();
  private volatile boolean over;

  RunLoad(Orchestrator orchestrator, long seed) {
    this.orchestrator = orchestrator;
    keep("one", seed + 1, random -> onAgent("one", random));
    keep("two", seed + 2, random -> onAgent("two", random));
    keep("lab", seed + 3, RunLoad::inLab);
  }

  private void keep(String name, long seed, Function<Random, DrillPlan> plans) {
    Random random = new Random(seed);
    Thread thread =
        new Thread(
            () -> {
              try {
                for (int number = 0; !over; number++) {
                  run(name + "-" + number, plans.apply(random));
                }
              } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
              }
            },
            "load-" + name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void run(String name, DrillPlan plan) throws InterruptedException {
    DrillRequest request = new DrillRequest(plan, "a test", orchestrator.name(), MAX_WAIT);
    until(
        () -> {
          RunHandle.start(orchestrator.client(), name, request);
          return true;
        });
    started.incrementAndGet();
    RunHandle run = RunHandle.of(orchestrator.client(), name);
    until(() -> !run.isOpen());
  }

  /** Looks again and again; a server that is away has not answered yet. */
  private static void until(BooleanSupplier done) throws InterruptedException {
    while (true) {
      try {
        if (done.getAsBoolean()) {
          return;
        }
      } catch (WorkflowExecutionAlreadyStarted taken) {
        // Only the answer to an earlier attempt was lost.
        return;
      } catch (WorkflowServiceException | StatusRuntimeException away) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private static DrillPlan onAgent(String host, Random random) {
    String mode = random.nextBoolean() ? "freeze" : "kill";
    return held("on-" + host, "host: " + host + ", target: " + AgentRoom.TARGET, mode, random);
  }

  private static DrillPlan inLab(Random random) {
    if (random.nextInt(3) > 0) {
      return held("held-standby", "target: standby", "freeze", random);
    }
    String shipped = PlanFiles.text("postgres-failover-frozen");
    String quicker = shipped.replace("lease: 10s", "lease: " + LEASE.toSeconds() + "s");
    if (quicker.equals(shipped)) {
      throw new IllegalStateException("the shipped plan has another lease now");
    }
    return PlanFiles.parse(quicker, "postgres-failover-frozen");
  }

  /** A fault that ends by itself after two to five seconds, since nothing listens on port 1. */
  private static DrillPlan held(String name, String where, String mode, Random random) {
    return PlanFiles.parse(
        """
        name: %s
        system: lab
        maxDuration: 1m
        steps:
          - {step: inject, %s, lease: %ds, limit: 15s, fault: {mechanism: process-tree, mode: %s}, during: [{step: detect, limit: 12s, failures: %d, interval: 100ms, probe: {probe: tcp, name: nothing answers, endpoint: "127.0.0.1:1"}}]}
        """
            .formatted(name, where, LEASE.toSeconds(), mode, 20 + random.nextInt(30)),
        name);
  }

  /** How many runs were started so far. */
  int started() {
    return started.get();
  }

  /** Starts no more runs, and returns when the last has ended. */
  void finish() throws IOException, InterruptedException {
    over = true;
    long end = System.nanoTime() + UNTIL_ENDED.toNanos();
    for (Thread thread : threads) {
      thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      if (thread.isAlive()) {
        throw new IOException("a run of " + thread.getName() + " does not end");
      }
    }
  }

  @Override
  public void close() {
    over = true;
    threads.forEach(Thread::interrupt);
  }
}
