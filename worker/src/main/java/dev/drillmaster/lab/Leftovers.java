package dev.drillmaster.lab;

import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.ProcessTree;
import dev.drillmaster.process.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What goes on after the program was killed that was making a server: initdb is no child of a
 * session that dies with us, and would write into the directory that is being made anew.
 */
final class Leftovers {

  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(10);

  private Leftovers() {}

  /** Ends programs of PostgreSQL that work in a server's home outside its data directory. */
  static void end(Path home) throws IOException, InterruptedException {
    boolean gone =
        Poll.until(
            BOUND,
            POLL,
            () -> {
              List<ProcessId> leftovers = of(home);
              Signal.KILL.send(leftovers);
              return leftovers.isEmpty();
            });
    if (!gone) {
      throw new IOException("processes in " + home + " outlive SIGKILL: " + of(home));
    }
  }

  private static List<ProcessId> of(Path home) {
    return Stream.of(home, home.resolve("data.initialising"))
        .flatMap(directory -> new ProcessTree(directory).members().stream())
        .filter(Leftovers::isPostgres)
        .toList();
  }

  /** A person's shell may be in the home, too. */
  private static boolean isPostgres(ProcessId process) {
    return RunningCommand.of(process).stream()
        .limit(1)
        .anyMatch(program -> program.endsWith("/initdb") || program.endsWith("/postgres"));
  }
}
