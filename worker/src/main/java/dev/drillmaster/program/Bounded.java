package dev.drillmaster.program;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks what may never answer. What is asked goes on for itself when nobody waits for it any more,
 * on a thread that keeps no program from ending.
 */
final class Bounded {

  private static final Logger LOG = LoggerFactory.getLogger(Bounded.class);

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "bounded");
            thread.setDaemon(true);
            return thread;
          });

  private Bounded() {}

  static <T> Future<T> ask(Callable<T> question) {
    return THREADS.submit(question);
  }

  /** The answer; empty if there is none in time, or if asking failed, which is logged. */
  static <T> Optional<T> within(Duration atMost, Callable<T> question) throws InterruptedException {
    return within(atMost, ask(question));
  }

  static <T> Optional<T> within(Duration atMost, Future<T> answer) throws InterruptedException {
    try {
      return Optional.of(answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException silent) {
      LOG.warn("no answer within {} ms", atMost.toMillis());
    } catch (ExecutionException failed) {
      LOG.warn("no answer", failed.getCause());
    }
    return Optional.empty();
  }
}
