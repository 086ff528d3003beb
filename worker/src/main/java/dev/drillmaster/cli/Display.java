package dev.drillmaster.cli;

import java.util.List;

/** Where a run is watched. */
interface Display extends AutoCloseable {

  /**
   * Shows one look at the run.
   *
   * @param lines what changed, see {@link ProgressText}
   */
  void show(List<String> lines, ProgressText.Look now);

  /** Shows a line of our own; from any thread. */
  void say(String line);

  /** Nothing more is shown; where it was shown is as it was before. */
  @Override
  void close();
}
