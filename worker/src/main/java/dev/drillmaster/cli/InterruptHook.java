package dev.drillmaster.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What Ctrl-C and SIGTERM do while a run goes on: they stop it, and the program ends when it is
 * over. A shutdown hook, because Java ends after its hooks whatever its threads still do.
 */
final class InterruptHook {

  /** Longer than any rollback that works; what is left after that is for the heal command. */
  private static final long PATIENCE_SECONDS = 240;

  private final CountDownLatch over = new CountDownLatch(1);
  private volatile int code = ExitCode.TROUBLE;
  private final Thread hook;

  /**
   * From now on.
   *
   * @param stop asks the run to stop
   */
  InterruptHook(Runnable stop) {
    hook = new Thread(() -> stopAndWait(stop), "interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stopAndWait(Runnable stop) {
    if (over.getCount() == 0) {
      return;
    }
    try {
      stop.run();
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
   * The run is over.
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
