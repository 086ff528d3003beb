package dev.drillmaster.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What Ctrl-C and SIGTERM do: they stop the run, if there is one yet, and the program ends when it
 * is over. A shutdown hook, because Java ends after its hooks whatever its threads still do.
 */
final class InterruptHook {

  /** Longer than any rollback that works; what is left after that is for the heal command. */
  private static final long PATIENCE_SECONDS = 240;

  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stopAndWait, "interrupt");
  private volatile int code = ExitCode.TROUBLE;
  private Runnable stop = () -> {};
  private boolean requested;

  /** From now on. */
  InterruptHook() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Whether the user wants no run any more. */
  synchronized boolean requested() {
    return requested;
  }

  /**
   * There is a run now.
   *
   * @param how stops it; called at once if the user wanted that while it began
   */
  synchronized void stopBy(Runnable how) {
    stop = how;
    if (requested) {
      how.run();
    }
  }

  private synchronized void stop() {
    requested = true;
    stop.run();
  }

  private void stopAndWait() {
    if (over.getCount() == 0) {
      return;
    }
    try {
      stop();
      if (over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        // The exit code of a signal would say nothing about the run.
        Runtime.getRuntime().halt(code);
      }
    } catch (InterruptedException | RuntimeException failed) {
      System.err.println("drillmaster: the run could not be stopped: " + failed.getMessage());
    }
    System.err.println("drillmaster: run \"drillmaster heal\"");
  }

  /**
   * All is over.
   *
   * @param exitCode what the program exits with
   */
  void over(int exitCode) {
    code = exitCode;
    over.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException endingAlready) {
      // The hook itself ends the program now.
      return;
    }
  }
}
