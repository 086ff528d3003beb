package dev.drillmaster.stop;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** How runs and campaigns are told that everything is to stop. */
@ActivityInterface
public interface TellActivities {

  /**
   * Sends each of them the signal {@code emergencyStop}. One that is told again, because this was
   * begun again, takes it as one stop.
   */
  @ActivityMethod(name = "tell-runs")
  Told tell(List<String> names);
}
