package dev.drillmaster.step;

import dev.drillmaster.measure.LoadControl;
import dev.drillmaster.measure.LoadSettings;
import java.io.IOException;

/** Starts a load process, see {@link LoadControl#launch}. The program that has one says how. */
@FunctionalInterface
public interface LoadStarter {

  /**
   * Returns when it can be called; it sends nothing yet.
   *
   * @throws IOException if it is not ready in time
   */
  LoadControl launch(LoadSettings settings) throws IOException, InterruptedException;
}
