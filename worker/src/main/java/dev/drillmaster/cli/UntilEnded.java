package dev.drillmaster.cli;

import dev.drillmaster.program.DrillProgram;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** Keeps a program that works for others until Ctrl-C or SIGTERM, which end it in good order. */
final class UntilEnded {

  private UntilEnded() {}

  /** What is done first when the program is told to end. */
  @FunctionalInterface
  interface Before {
    void run() throws IOException;
  }

  /** Returns when the program is closed. */
  static void keep(DrillProgram program, Before before) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    Thread end = new Thread(() -> end(program, before, ended), "program-end");
    Runtime.getRuntime().addShutdownHook(end);
    ended.await();
  }

  private static void end(DrillProgram program, Before before, CountDownLatch ended) {
    try (program) {
      before.run();
    } catch (IOException | RuntimeException failed) {
      System.err.println(ErrorText.of(failed));
    }
    ended.countDown();
  }
}
