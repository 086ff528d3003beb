package dev.drillmaster.injector;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Runs healing on threads that nobody interrupts. A worker that shuts down interrupts its
 * activities, and an interrupted thread can neither wait nor write a file: what it heals would stay
 * half done.
 */
final class Uninterrupted {

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "healing");
            thread.setDaemon(true);
            return thread;
          });

  private Uninterrupted() {}

  static <T> Future<T> start(Callable<T> task) {
    return THREADS.submit(task);
  }

  static <T> T call(Callable<T> task) throws IOException {
    return await(start(task));
  }

  /** Waits for the end, and only then hands on an interrupt. */
  static <T> T await(Future<T> future) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException later) {
          interrupted = true;
        } catch (ExecutionException failed) {
          throw unwrapped(failed.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static IOException unwrapped(@Nullable Throwable cause) {
    if (cause instanceof IOException io) {
      return io;
    }
    if (cause instanceof RuntimeException wrong) {
      throw wrong;
    }
    throw new CompletionException(cause);
  }
}
