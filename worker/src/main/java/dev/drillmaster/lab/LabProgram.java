package dev.drillmaster.lab;

import dev.drillmaster.control.ControlAddress;
import dev.drillmaster.journal.HostJournal;
import dev.drillmaster.journal.HostLock;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.ProcessTree;
import dev.drillmaster.process.Signal;
import dev.drillmaster.target.CommandDefinition;
import dev.drillmaster.target.ServiceTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The proxy or a service.
 *
 * @param definition how it is to be started
 * @param target what starts it
 * @param ports on which it is going to listen
 * @param address where it publishes its port once it listens
 */
record LabProgram(
    CommandDefinition definition,
    ServiceTarget target,
    List<Integer> ports,
    Path address,
    Path log) {

  private static final Duration LOCK = Duration.ofSeconds(20);
  private static final Duration SERVING = Duration.ofSeconds(20);
  private static final Duration ENDS_BY_ITSELF = Duration.ofSeconds(3);
  private static final Duration ENDS_WHEN_KILLED = Duration.ofSeconds(10);
  private static final int LAST_LINES = 12;
  private static final Duration POLL = Duration.ofMillis(10);

  /** Sees to it that it runs as it is defined, whoever started it, and waits until it listens. */
  void up(HostJournal journal, Consumer<String> say) throws IOException, InterruptedException {
    boolean[] started = {startUnlessItRuns(journal, say)};
    boolean listens =
        Poll.until(
            SERVING,
            POLL,
            () -> {
              if (members().isEmpty()) {
                if (started[0]) {
                  throw new IOException(
                      target.name() + " ended while it was starting. " + lastWords());
                }
                // It was already dying when it was seen to run.
                started[0] = startUnlessItRuns(journal, say);
              }
              return listens();
            });
    if (!listens) {
      throw new IOException(
          "%s does not listen after %d s. %s"
              .formatted(target.name(), SERVING.toSeconds(), lastWords()));
    }
  }

  @SuppressWarnings("try") // The lock is held, not used here.
  private boolean startUnlessItRuns(HostJournal journal, Consumer<String> say)
      throws IOException, InterruptedException {
    try (HostLock lock = journal.lockTarget(target.name(), LOCK)) {
      if (runsAsDefined()) {
        return false;
      }
      if (!members().isEmpty()) {
        say.accept("stopping " + target.name() + ", which does not run as it should");
        stop(target.tree());
      }
      for (int port : ports) {
        if (!LabPorts.comesFree(port)) {
          throw new IOException(
              "port %d of %s was just taken by another program: run drillmaster lab up again"
                  .formatted(port, target.name()));
        }
      }
      say.accept("starting " + target.name());
      Files.createDirectories(definition.directory());
      target.start();
      return true;
    }
  }

  /** Whether it runs, is not frozen, and was started as it would be started now. */
  boolean runsAsDefined() {
    List<ProcessId> members = members();
    List<String> wanted = comparable(definition.command());
    return !members.isEmpty()
        && members.stream().noneMatch(ProcessId::isFrozen)
        && members.stream().anyMatch(each -> comparable(RunningCommand.of(each)).equals(wanted));
  }

  /** Where the route leads at the start makes no difference: a redirect changes it at any time. */
  private static List<String> comparable(List<String> command) {
    return command.stream()
        .map(word -> word.replaceFirst("^(" + LabFiles.ROUTE + "=\\d+)=.*", "$1"))
        .toList();
  }

  private boolean listens() throws IOException {
    try {
      return members().contains(ControlAddress.read(address).process());
    } catch (NoSuchFileException notYet) {
      return false;
    }
  }

  private String lastWords() throws IOException {
    String all = Files.exists(log) ? Files.readString(log) : "";
    List<String> lines = all.lines().toList();
    int first = Math.max(0, lines.size() - LAST_LINES);
    return "Last lines of %s:%n%s"
        .formatted(log, String.join("\n", lines.subList(first, lines.size())));
  }

  private List<ProcessId> members() {
    return target.tree().members();
  }

  /** Asks the processes to end, and kills what does not; a frozen one cannot be asked. */
  static void stop(ProcessTree tree) throws IOException, InterruptedException {
    List<ProcessId> members = tree.members();
    if (members.stream().noneMatch(ProcessId::isFrozen)) {
      Signal.TERM.send(members);
      if (Poll.until(ENDS_BY_ITSELF, POLL, () -> tree.members().isEmpty())) {
        return;
      }
    }
    kill(tree);
  }

  private static void kill(ProcessTree tree) throws IOException, InterruptedException {
    if (!tree.kill(ENDS_WHEN_KILLED)) {
      throw new IOException(
          "processes in " + tree.directory() + " outlive SIGKILL: " + tree.members());
    }
  }
}
