package dev.drillmaster.step;

import dev.drillmaster.drill.Criterion;
import dev.drillmaster.drill.Roles;
import dev.drillmaster.drill.StepRequest;
import dev.drillmaster.journal.HostJournal;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.prober.Probers;
import dev.drillmaster.process.Poll;
import dev.drillmaster.steadystate.Observation;
import dev.drillmaster.steadystate.Probe;
import dev.drillmaster.system.Pair;
import dev.drillmaster.system.SystemDefinition;
import dev.drillmaster.verdict.Finding;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What one step works with. */
final class StepContext {

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final StepRequest request;
  private final Pair pair;
  private final Probers probers;
  private final LoadStarter loadStarter;
  private final SystemDefinition asked;
  private final long deadline;
  private final List<String> lostMarks = new ArrayList<>();

  StepContext(StepRequest request, Pair pair, Probers probers, LoadStarter loadStarter) {
    this.request = request;
    this.pair = pair;
    this.probers = probers;
    this.loadStarter = loadStarter;
    this.asked = pair.system().calledByRole(request.roles());
    this.deadline = System.nanoTime() + request.step().limit().toNanos();
  }

  UUID runId() {
    return request.runId();
  }

  Roles roles() {
    return request.roles();
  }

  /** The node that a plan calls so: a role as it was when the run began, or a name. */
  String node(String name) {
    return request.roles().node(name);
  }

  Pair pair() {
    return pair;
  }

  SystemDefinition system() {
    return pair.system();
  }

  HostJournal journal() {
    return pair.journal();
  }

  PostgresServer server(String node) throws IOException {
    return pair.server(node);
  }

  Marks marks() {
    return Marks.of(system(), runId());
  }

  /** Stamps a mark; one that is lost does not stop the step, and is a finding of it. */
  void mark(String name) {
    if (!marks().stamp(name)) {
      lostMarks.add(name);
    }
  }

  /** The marks that could not be stamped, as a doubt; empty if none. */
  Optional<Finding> lostMarks() {
    return lostMarks.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.doubt(
                "mark-lost",
                "the load did not take the marks " + String.join(", ", lostMarks),
                "what is measured from them is not known: see the log of the load process"));
  }

  LoadStarter loadStarter() {
    return loadStarter;
  }

  /** What is left of the step's limit; never negative. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  /** Waits for a condition until the step's limit. */
  boolean await(Poll.Condition condition) throws IOException, InterruptedException {
    return Poll.until(left(), PAUSE, condition);
  }

  Observation ask(Probe probe) throws InterruptedException {
    return probers.ask(probe, asked);
  }

  /** Who fences, for the journal. */
  String name() {
    return "run " + runId() + " step " + request.path();
  }

  /** The criterion that follows from an answer. */
  static Criterion criterion(Observation seen) {
    if (seen.met() == null) {
      return new Criterion(seen.probe(), Criterion.Result.UNKNOWN, seen.value());
    }
    return Criterion.of(seen.probe(), seen.met(), seen.value());
  }
}
