package dev.drillmaster.drill;

/**
 * Begins and closes a run as every drill does. Not the same class for both types: Temporal takes a
 * signal or a query of one name from one interface only.
 */
public final class ExperimentWorkflowImpl implements ExperimentWorkflow {

  private final DrillWorkflowImpl run;

  /**
   * For a new run.
   *
   * @param searchable whether its namespace knows our {@link SearchAttributes}
   */
  public ExperimentWorkflowImpl(boolean searchable) {
    this.run = new DrillWorkflowImpl(searchable);
  }

  @Override
  public DrillReport run(DrillRequest request) {
    return run.run(request);
  }

  @Override
  public void emergencyStop() {
    run.emergencyStop();
  }

  @Override
  public DrillStatus status() {
    return run.status();
  }
}
