package dev.drillmaster.drill;

import dev.drillmaster.audit.Books;
import dev.drillmaster.injection.Host;
import dev.drillmaster.injection.HostQueues;
import dev.drillmaster.injection.Ready;
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

  /** For a plan that is an experiment: nobody has asked who is what in the system. */
  static Looked first(Books books, ExperimentStep experiment, String system) {
    return new Looking(books, "1", experiment, system).all(null);
  }

  /** For an experiment that is a part of a drill. */
  static Looked again(
      String path, ExperimentStep experiment, String system, Books books, Roles roles) {
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
    return looks.before(new LookRequest(books.runId(), path, system, experiment, host, roles));
  }
}
