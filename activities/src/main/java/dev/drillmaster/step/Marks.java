package dev.drillmaster.step;

import dev.drillmaster.control.ControlAddress;
import dev.drillmaster.measure.LoadControl;
import dev.drillmaster.measure.LoadJournal;
import dev.drillmaster.system.SystemDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Marks on the measurement of one run: stamped by its load process, whose clock alone counts. A run
 * without a load has none.
 *
 * @param directory where the load of the run keeps its journal
 */
record Marks(Path directory) {

  /** The target is about to be changed. Everything measured is counted from here. */
  static final String INJECTING = "injecting";

  static final String INJECTED = "injected";
  static final String DETECTED = "detected";
  static final String FENCED = "fenced";
  static final String PROMOTED = "promoted";
  static final String REDIRECTED = "redirected";
  static final String VALIDATED = "validated";
  static final String HEALED = "healed";
  static final String REDUNDANCY_RESTORED = "redundancy-restored";
  static final String FAIL_BACK_BEGUN = "fail-back-begun";
  static final String FAIL_BACK_DONE = "fail-back-done";

  private static final Logger LOG = LoggerFactory.getLogger(Marks.class);

  static Marks of(SystemDefinition system, UUID runId) {
    return new Marks(system.load().directory().resolve(runId.toString()));
  }

  /** Whether the run has a load. */
  boolean exist() {
    return Files.exists(journal());
  }

  /** Whether the load of the run still runs. */
  boolean loadRuns() throws IOException {
    try {
      return ControlAddress.read(directory.resolve("load.address")).process().isRunning();
    } catch (NoSuchFileException none) {
      return false;
    }
  }

  /** What the load of the run writes down. */
  Path journal() {
    return directory.resolve("load.journal");
  }

  /**
   * Stamps a mark without which nothing is to be done.
   *
   * @throws IOException if the load process does not take it
   */
  void require(String name) throws IOException {
    if (!exist()) {
      return;
    }
    try {
      LoadControl.in(directory).mark(name);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while marking " + name, interrupted);
    }
  }

  /**
   * Stamps a mark if that is possible. Recovery goes on without it, but a figure that is counted
   * from it then is not there or is another one: the caller must tell, see {@link
   * StepContext#mark}. That the journal is whole does not say that no mark is missing.
   *
   * @return false if the journal of the load lacks it; true if there is none, or it ended in order
   */
  boolean stamp(String name) {
    try {
      require(name);
      return true;
    } catch (IOException lost) {
      if (loadHasEnded()) {
        return true;
      }
      LOG.warn("the mark {} is not in the journal of the load: {}", name, lost.toString());
      return false;
    }
  }

  private boolean loadHasEnded() {
    try {
      return LoadJournal.read(journal()).end().isPresent();
    } catch (IOException unreadable) {
      return false;
    }
  }
}
