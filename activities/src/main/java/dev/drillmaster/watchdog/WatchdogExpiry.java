package dev.drillmaster.watchdog;

import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injector.Lease;
import dev.drillmaster.injector.TargetExpiry;
import dev.drillmaster.journal.HostJournal;
import dev.drillmaster.process.DetachedProcess;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.target.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Arms a watchdog process for each injection. */
public final class WatchdogExpiry implements TargetExpiry {

  private static final Duration ARMED_WITHIN = Duration.ofSeconds(15);
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final int HEAP_MEGABYTES = 24;

  private final HostJournal journal;
  private final Targets targets;

  /** Watchdogs that heal from this journal. */
  public WatchdogExpiry(HostJournal journal, Targets targets) {
    this.journal = journal;
    this.targets = targets;
  }

  @Override
  public Lease arm(InjectionSpec spec, BooleanSupplier cancelled)
      throws IOException, InterruptedException {
    Path directory = journal.directory().toAbsolutePath();
    List<String> command =
        DetachedProcess.java(
            Watchdog.class,
            HEAP_MEGABYTES,
            List.of(
                directory.toString(),
                targets.directory().toAbsolutePath().toString(),
                spec.id().toString()));
    Path log = journal.watchdogLog(spec.id()).toAbsolutePath();
    Process process = DetachedProcess.start(command, Map.of(), directory, log);
    boolean armed = false;
    try {
      ProcessId watchdog = awaitArmed(spec, process, cancelled, log);
      armed = true;
      return new WatchdogHandle(watchdog, process.getOutputStream(), spec.lease());
    } finally {
      if (!armed) {
        process.destroyForcibly();
      }
    }
  }

  private ProcessId awaitArmed(
      InjectionSpec spec, Process process, BooleanSupplier cancelled, Path log)
      throws IOException, InterruptedException {
    boolean decided =
        Poll.until(
            ARMED_WITHIN,
            LOOK,
            () ->
                cancelled.getAsBoolean()
                    || !process.isAlive()
                    || journal.watchdog(spec.id()).isPresent());
    Optional<ProcessId> watchdog = journal.watchdog(spec.id());
    if (cancelled.getAsBoolean()) {
      throw new IOException("injection " + spec.id() + " was healed while it was being armed");
    }
    if (!decided || watchdog.isEmpty() || watchdog.get().pid() != process.pid()) {
      throw new IOException(
          "the watchdog did not arm itself within "
              + ARMED_WITHIN.toSeconds()
              + " s; its log "
              + log
              + " ends with: "
              + lastLine(log));
    }
    return watchdog.get();
  }

  private static String lastLine(Path log) throws IOException {
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
    return lines.isEmpty() ? "(nothing)" : lines.get(lines.size() - 1);
  }
}
