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
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

/** What one step works with. */
final class StepContext {

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final StepRequest request;
  private final Pair pair;
  private final Probers probers;
  private final LoadStarter loadStarter;
  private final long deadline;

  StepContext(StepRequest request, Pair pair, Probers probers, LoadStarter loadStarter) {
    this.request = request;
    this.pair = pair;
    this.probers = probers;
    this.loadStarter = loadStarter;
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
    return probers.ask(probe, system());
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
