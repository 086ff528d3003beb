package dev.drillmaster.drill;

import dev.drillmaster.injection.InjectionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A host is asked to look before an experiment.
 *
 * @param runId the run
 * @param path the place of the experiment in the plan
 * @param system the system that it is done to
 * @param experiment what is to be done; its targets are chosen
 * @param host who is asked
 * @param roles who is what in the system; null if the host is that of the system, and finds out
 */
public record LookRequest(
    UUID runId,
    String path,
    String system,
    ExperimentStep experiment,
    String host,
    @Nullable Roles roles) {

  /**
   * The faults that this host is to inject, in the order of the plan.
   *
   * @param known who is what in the system
   */
  public List<InjectionSpec> faults(Roles known) {
    List<InjectionSpec> all = new ArrayList<>();
    for (int index = 0; index < experiment.faults().size(); index++) {
      InjectStep inject = experiment.inject(experiment.faults().get(index));
      all.add(inject.spec(runId, places().fault(index), system, known));
    }
    return all.stream().filter(spec -> spec.host().equals(host)).toList();
  }

  /** The steady state as a step, which the host of the system does. */
  public StepRequest gate(Roles known) {
    return new StepRequest(runId, places().before(), experiment.before(), system, known);
  }

  private ExperimentPlaces places() {
    return new ExperimentPlaces(path, experiment.faults().size());
  }
}
