package dev.drillmaster.lab;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Work that is done beside the caller's own. Closing it interrupts what is not done and waits for
 * its end, so that nothing goes on after the caller has given its lock back.
 */
final class Beside implements AutoCloseable {

  /** Work that may fail as work on the lab does. */
  interface Task {
    void run() throws IOException, SQLException, InterruptedException;
  }

  private static final long END_SECONDS = 30;

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "lab");
            thread.setDaemon(true);
            return thread;
          });
  private final List<Future<?>> begun = new ArrayList<>();

  void begin(Task task) {
    Callable<Boolean> call =
        () -> {
          task.run();
          return true;
        };
    begun.add(threads.submit(call));
  }

  /** Waits until all that was begun is done, and fails as the first of it that failed. */
  void await() throws IOException, SQLException, InterruptedException {
    for (Future<?> task : begun) {
      try {
        task.get();
      } catch (ExecutionException failed) {
        throw asItself(failed.getCause());
      }
    }
  }

  private static RuntimeException asItself(@Nullable Throwable cause)
      throws IOException, SQLException, InterruptedException {
    if (cause instanceof IOException io) {
      throw io;
    }
    if (cause instanceof SQLException sql) {
      throw sql;
    }
    if (cause instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    if (cause instanceof RuntimeException bug) {
      return bug;
    }
    return new IllegalStateException(cause);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    boolean interrupted = false;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
    while (!threads.isTerminated() && System.nanoTime() < end) {
      try {
        boolean ended = threads.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (!ended) {
          break;
        }
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (!threads.isTerminated()) {
      throw new IllegalStateException("work on the lab did not end when interrupted");
    }
  }
}
