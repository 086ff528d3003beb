package dev.drillmaster.postgres;

import dev.drillmaster.postgres.PostgresFailure.Kind;
import dev.drillmaster.process.DetachedProcess;
import dev.drillmaster.process.LogFile;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.ProcessTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The processes of one server. They are known by their working directory: PostgreSQL works in its
 * data directory, and we start it there, so that it is a member from its first instant.
 */
record ServerProcess(Path bin, Path data, LogFile log, ServerAccount account) {

  private static final String PID_FILE = "postmaster.pid";

  List<ProcessId> members() {
    return new ProcessTree(data).members();
  }

  /**
   * The parent of all others. The pid file may be older than its pid's present owner, so the owner
   * must be a member, too; that is stronger than the start time in the file, which is of a clock
   * that can be set.
   */
  Optional<ProcessId> postmaster() throws IOException {
    return notedPid().flatMap(ProcessId::of).filter(members()::contains);
  }

  /**
   * Starts the server, unless its postmaster runs. Waits for the processes of an earlier start to
   * be gone: PostgreSQL refuses to start beside them, and rightly, since they still write.
   */
  ProcessId start(Duration orphansBound) throws IOException, InterruptedException {
    boolean settled =
        Poll.until(orphansBound, () -> postmaster().isPresent() || members().isEmpty());
    if (!settled) {
      throw new PostgresFailure(
          Kind.STILL_RUNNING,
          "processes of an earlier start of %s still run after %d ms: %s; stop the server first"
              .formatted(data, orphansBound.toMillis(), members()));
    }
    // One lock for this program, one for all: a file lock does not part threads.
    synchronized (ServerProcess.class) {
      try (FileChannel lock = lockFile();
          FileLock held = lock.lock()) {
        Optional<ProcessId> running = postmaster();
        if (running.isPresent() && held.isValid()) {
          return running.get();
        }
        removeStalePidFile();
        return launch();
      }
    }
  }

  private FileChannel lockFile() throws IOException {
    return FileChannel.open(
        data.resolveSibling("start.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private ProcessId launch() throws IOException {
    log.begin();
    List<String> command =
        account.command(
            List.of(bin.resolve("postgres").toString(), "-D", data.toAbsolutePath().toString()));
    Process process = DetachedProcess.start(command, Map.of(), data, log.file());
    Optional<ProcessId> started = ProcessId.of(process.pid());
    if (started.isEmpty()) {
      throw new PostgresFailure(Kind.DIED, "PostgreSQL ended at once. " + lastWords());
    }
    return started.get();
  }

  /**
   * PostgreSQL removes a stale file itself, but not if its pid belongs to someone again, or to a
   * zombie. Stale is proven by there being no member at all; the caller holds the lock, so none is
   * being started. PostgreSQL's own check of its shared memory stands behind this.
   */
  private void removeStalePidFile() throws IOException {
    if (members().isEmpty()) {
      Files.deleteIfExists(data.resolve(PID_FILE));
    }
  }

  private Optional<Long> notedPid() throws IOException {
    try {
      return Files.readString(data.resolve(PID_FILE)).lines().findFirst().map(Long::parseLong);
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (NumberFormatException halfWritten) {
      return Optional.empty();
    }
  }

  /**
   * Asks the postmaster to stop all; if it has not by then, or is not there to be asked, kills all.
   * A frozen one is not continued in order to stop it: what it would do first is go on.
   */
  Stopped stop(StopMode mode, Duration bound) throws IOException, InterruptedException {
    if (members().isEmpty()) {
      return Stopped.WAS_NOT_RUNNING;
    }
    Optional<ProcessId> postmaster = postmaster();
    if (postmaster.isPresent() && !postmaster.get().isFrozen()) {
      mode.signal().send(List.of(postmaster.get()));
      if (Poll.until(bound, () -> members().isEmpty())) {
        return Stopped.AS_ASKED;
      }
    }
    kill(Duration.ofSeconds(10));
    return Stopped.KILLED;
  }

  /** Kills until no member is left. */
  void kill(Duration bound) throws IOException, InterruptedException {
    if (!new ProcessTree(data).kill(bound)) {
      throw new PostgresFailure(
          Kind.STILL_RUNNING,
          "processes of %s outlive SIGKILL: %s; they hang in the kernel or belong to another user"
              .formatted(data, members()));
    }
  }

  /** Why the server ended, as far as its log says. */
  PostgresFailure death(int port) throws IOException {
    List<String> words = log.tail(40);
    if (words.stream().anyMatch(line -> line.contains("Address already in use"))) {
      return new PostgresFailure(
          Kind.PORT_TAKEN,
          "port %d on 127.0.0.1 is taken by another program: stop that, or use another port"
              .formatted(port));
    }
    return new PostgresFailure(Kind.DIED, "PostgreSQL ended while starting. " + lastWords());
  }

  private String lastWords() throws IOException {
    return "Last lines of %s:%n%s"
        .formatted(log.file(), String.join(System.lineSeparator(), log.tail(12)));
  }
}
