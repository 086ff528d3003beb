package dev.drillmaster.drill;

import dev.drillmaster.agent.Presence;
import dev.drillmaster.audit.Books;
import dev.drillmaster.injection.Host;
import dev.drillmaster.injection.HostQueues;
import dev.drillmaster.injection.Ready;
import dev.drillmaster.verdict.FailureKind;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the hosts of an experiment are asked before it. */
final class Looking {

  private static final Duration UNTIL_STARTED = Duration.ofSeconds(3);

  /** The system may have to settle, and each probe may take its time. */
  private static final Duration ANSWER = Duration.ofMinutes(1);

  private final Books books;
  private final String path;
  private final ExperimentStep experiment;
  private final String system;

  private Looking(Books books, String path, ExperimentStep experiment, String system) {
    this.books = books;
    this.path = path;
    this.experiment = experiment;
    this.system = system;
  }

  /**
   * Asks all of them.
   *
   * @param path the place of the experiment in the plan
   * @param roles who is what in the system; null if nobody has asked yet
   * @throws ApplicationFailure of type {@code Refused} if the agent of one does not answer
   */
  static Looked at(
      Books books, String path, ExperimentStep experiment, String system, @Nullable Roles roles) {
    return new Looking(books, path, experiment, system).all(roles);
  }

  /** First the system's host, which may find out the roles that the others need. */
  private Looked all(@Nullable Roles known) {
    Looked first = ask(system, known);
    List<Ready> faults = new ArrayList<>(first.faults());
    for (String host : others()) {
      faults.addAll(ask(host, first.roles()).faults());
    }
    return new Looked(first.roles(), first.gate(), faults);
  }

  private Set<String> others() {
    Set<String> hosts = new LinkedHashSet<>();
    experiment.faults().stream()
        .map(ExperimentFault::host)
        .filter(Objects::nonNull)
        .forEach(hosts::add);
    hosts.remove(system);
    return hosts;
  }

  private Looked ask(String host, @Nullable Roles roles) {
    LookActivities looks =
        Workflow.newActivityStub(
            LookActivities.class,
            Host.options(HostQueues.healing(host), "look at " + host + " before the experiment", 1)
                .setScheduleToStartTimeout(UNTIL_STARTED)
                .setStartToCloseTimeout(ANSWER)
                .build());
    try {
      return looks.before(new LookRequest(books.runId(), path, system, experiment, host, roles));
    } catch (ActivityFailure silent) {
      if (Failures.neverBegan(silent)) {
        throw ApplicationFailure.newNonRetryableFailure(
            Presence.noAgent(host), FailureKind.REFUSED);
      }
      throw silent;
    }
  }
}
