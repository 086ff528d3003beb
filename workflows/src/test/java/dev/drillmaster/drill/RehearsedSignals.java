package dev.drillmaster.drill;

import dev.drillmaster.stop.TellActivities;
import dev.drillmaster.stop.Told;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.util.List;

/** Signals to workflows of the in-process server. */
record RehearsedSignals(WorkflowClient client) implements ReliefActivities, TellActivities {

  @Override
  public boolean relieve(String guardian) {
    return sent(guardian, "relieve");
  }

  @Override
  public Told tell(List<String> names) {
    List<String> told = names.stream().filter(name -> sent(name, "emergencyStop")).toList();
    return new Told(told, names.stream().filter(name -> !told.contains(name)).toList());
  }

  private boolean sent(String workflow, String signal) {
    try {
      client.newUntypedWorkflowStub(workflow).signal(signal);
      return true;
    } catch (WorkflowNotFoundException gone) {
      return false;
    }
  }
}
