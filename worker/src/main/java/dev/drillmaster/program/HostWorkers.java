package dev.drillmaster.program;

import dev.drillmaster.host.ActingHost;
import dev.drillmaster.host.AgentOnHost;
import dev.drillmaster.host.HealingHost;
import dev.drillmaster.host.LookingHost;
import dev.drillmaster.injection.HostQueues;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The two workers of a host: one acts and holds, the other heals and never waits for it. */
final class HostWorkers {

  /** A holder and a step for each of a hundred runs. */
  private static final int ACTING = 200;

  /** For a short while some look before an experiment, and must keep no heal waiting. */
  private static final int HEALING = 32;

  /** As shipped, a sign of life waits until four fifths of the time for it are over. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(3);

  /** For what is being done: steps, and heals that others asked for. */
  private static final long SHUTDOWN_SECONDS = 30;

  private HostWorkers() {}

  /** Adds them; they begin to poll with the factory. */
  static void add(WorkerFactory factory, LocalHost host) {
    AgentOnHost agent = new AgentOnHost(host.identity(), host.journal());
    worker(factory, HostQueues.acting(host.name()), ACTING)
        .registerActivitiesImplementations(
            new ActingHost(
                host.identity(),
                host.injections(),
                host.steps(),
                factory.getWorkflowClient().getWorkflowServiceStubs()),
            agent);
    worker(factory, HostQueues.healing(host.name()), HEALING)
        .registerActivitiesImplementations(
            new HealingHost(host.injections(), host.steps()),
            new LookingHost(host.identity(), host.injections(), host.steps()),
            agent);
  }

  /**
   * Ends the factory, and with it these two. What the host holds is healed first: its holders ask
   * the server whether their fault is wanted, which says nothing about the end of this program.
   *
   * @param progress is told what is healed
   */
  static void end(WorkerFactory factory, LocalHost host, Consumer<String> progress) {
    factory.shutdown();
    host.healAll(progress);
    factory.awaitTermination(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    // One that was just being injected.
    host.healAll(progress);
  }

  private static Worker worker(WorkerFactory factory, String queue, int slots) {
    return factory.newWorker(
        queue,
        WorkerOptions.newBuilder()
            .setMaxConcurrentActivityExecutionSize(slots)
            .setMaxHeartbeatThrottleInterval(HEARTBEAT)
            .build());
  }
}
