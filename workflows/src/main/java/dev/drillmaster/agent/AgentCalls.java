package dev.drillmaster.agent;

import dev.drillmaster.injection.Host;
import dev.drillmaster.injection.HostQueues;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * An agent as a workflow asks for it. One attempt, and no patience: an agent that is there answers
 * within milliseconds.
 *
 * @param host the agent's host
 */
record AgentCalls(String host) {

  private static final Duration UNTIL_STARTED = Duration.ofSeconds(3);
  private static final Duration UNTIL_GREETED = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(3);
  private static final Duration LEDGER_ATTEMPT = Duration.ofSeconds(5);
  private static final Duration LEDGER_PATIENCE = Duration.ofMinutes(1);

  Promise<AgentIdentity> greetActing() {
    return greet(HostQueues.acting(host));
  }

  Promise<AgentIdentity> greetHealing() {
    return greet(HostQueues.healing(host));
  }

  private Promise<AgentIdentity> greet(String queue) {
    AgentActivities agent =
        agent(queue, "greet: is the agent of " + host + " there", UNTIL_GREETED);
    return Async.function(agent::greet, host);
  }

  Promise<AgentLook> look() {
    AgentActivities agent =
        agent(HostQueues.healing(host), "look at the agent of " + host, UNTIL_STARTED);
    return Async.function(agent::look, host);
  }

  Promise<List<UUID>> newest() {
    AgentActivities agent = journal();
    return Async.function(agent::newest, host);
  }

  Promise<HostAccounts> accounts(List<UUID> injections) {
    AgentActivities agent = journal();
    return Async.function(agent::accounts, injections);
  }

  private AgentActivities journal() {
    return agent(HostQueues.healing(host), "compare the journal of " + host, UNTIL_STARTED);
  }

  /** What the ledger knows, which is no agent's but the worker's that runs the workflow. */
  static AgentLedgerActivities ledger() {
    return Workflow.newLocalActivityStub(
        AgentLedgerActivities.class,
        LocalActivityOptions.newBuilder()
            .setStartToCloseTimeout(LEDGER_ATTEMPT)
            .setScheduleToCloseTimeout(LEDGER_PATIENCE)
            .build());
  }

  private static AgentActivities agent(String queue, String summary, Duration untilStarted) {
    return Workflow.newActivityStub(
        AgentActivities.class,
        Host.options(queue, summary, 1)
            .setScheduleToStartTimeout(untilStarted)
            .setStartToCloseTimeout(ANSWER)
            .build());
  }
}
