package dev.drillmaster.history;

import dev.drillmaster.drill.ReliefActivities;
import dev.drillmaster.stop.TellActivities;
import dev.drillmaster.stop.Told;
import io.grpc.Status;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells runs and their guardians through the Temporal server. */
public final class Signals implements ReliefActivities, TellActivities {

  private final WorkflowClient client;

  /** Of the server and namespace of this client. */
  public Signals(WorkflowClient client) {
    this.client = client;
  }

  @Override
  public boolean relieve(String guardian) {
    return sent(guardian, "relieve");
  }

  @Override
  public Told tell(List<String> names) {
    List<String> told = new ArrayList<>();
    List<String> gone = new ArrayList<>();
    Map<String, WorkflowServiceException> failed = new LinkedHashMap<>();
    for (String name : names) {
      try {
        (sent(name, "emergencyStop") ? told : gone).add(name);
      } catch (WorkflowServiceException silent) {
        // The others are told first.
        failed.put(name, silent);
      }
      Activity.getExecutionContext().heartbeat(told.size());
    }
    if (!failed.isEmpty()) {
      throw new IllegalStateException("not told: " + failed);
    }
    return new Told(told, gone);
  }

  private boolean sent(String workflow, String signal) {
    try {
      client.newUntypedWorkflowStub(workflow).signal(signal);
      return true;
    } catch (WorkflowNotFoundException gone) {
      return false;
    } catch (IllegalArgumentException noName) {
      // What somebody wrote into a stop by hand: nothing goes by it.
      return false;
    } catch (WorkflowServiceException refused) {
      if (Status.fromThrowable(refused).getCode() == Status.Code.INVALID_ARGUMENT) {
        return false;
      }
      throw refused;
    }
  }
}
