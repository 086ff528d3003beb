package dev.drillmaster.injector;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.journal.HostJournal;
import dev.drillmaster.journal.OpenInjection;
import dev.drillmaster.policy.Policy;
import dev.drillmaster.process.DetachedProcess;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.target.TargetKinds;
import dev.drillmaster.target.Targets;
import dev.drillmaster.watchdog.WatchdogExpiry;
import dev.drillmaster.wire.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A host in a directory: journal, one running target, and processes that act on it. */
abstract class HostLab {

  static final String TARGET = "service";
  static final Duration LEASE = Duration.ofSeconds(2);

  final Path directory;
  final HostJournal journal;
  final Targets targets;
  private final List<Process> started = new ArrayList<>();

  HostLab(Path directory) throws IOException {
    this.directory = directory;
    this.journal = new HostJournal(Files.createDirectories(directory.resolve("journal")));
    this.targets =
        new Targets(Files.createDirectories(directory.resolve("targets")), TargetKinds.ALL);
  }

  /** By asking it as a client: an answer without delay, not only a connection. */
  abstract boolean serves();

  /** The target dies, and with it whatever was done to it. */
  abstract void destroyTarget() throws IOException, InterruptedException;

  /** Ends the target. */
  abstract void stopTarget() throws IOException, InterruptedException;

  HostInjections injections(InjectionListener... listeners) {
    return injections(Policy.EVERYTHING, listeners);
  }

  HostInjections injections(Policy policy, InjectionListener... listeners) {
    return new HostInjections(
        new Host(
            journal,
            targets,
            Injectors.all(),
            new WatchdogExpiry(journal, targets),
            policy,
            List.of(listeners)));
  }

  static InjectionSpec spec(Fault fault) {
    return spec(fault, LEASE, Duration.ofMinutes(1));
  }

  static InjectionSpec spec(Fault fault, Duration lease, Duration longest) {
    return new InjectionSpec(
        UUID.randomUUID(), UUID.randomUUID(), "1", fault, TARGET, "here", lease, longest);
  }

  boolean awaitServes(Duration limit) throws IOException, InterruptedException {
    return Poll.until(limit, Duration.ofMillis(5), this::serves);
  }

  HealReport awaitHealed(InjectionSpec spec, Duration limit)
      throws IOException, InterruptedException {
    Poll.until(limit, Duration.ofMillis(5), () -> journal.healed(spec.id()).isPresent());
    return journal.healed(spec.id()).orElseThrow();
  }

  /** Whether the fault has a watchdog, by looking at its process. */
  boolean watchdogRuns(InjectionSpec spec) throws IOException {
    return journal.watchdog(spec.id()).filter(ProcessId::isRunning).isPresent();
  }

  /** A Java process of its own that acts on this host; what it prints is for {@link #line}. */
  Process process(List<String> prefix, String action, InjectionSpec spec) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        DetachedProcess.java(
            OtherProcess.class,
            64,
            List.of(
                action,
                journal.directory().toString(),
                targets.directory().toString(),
                Wire.json().writeValueAsString(spec))));
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(directory.resolve("other.log").toFile())
            .start();
    started.add(process);
    return process;
  }

  Process process(String action, InjectionSpec spec) throws IOException {
    return process(List.of(), action, spec);
  }

  static ProcessId id(Process process) {
    return ProcessId.of(process.pid()).orElseThrow();
  }

  /** The next line that it prints. */
  String line(Process process) throws IOException {
    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
    String line = reader.readLine();
    if (line == null) {
      throw new IOException(
          "the other process ended: " + Files.readString(directory.resolve("other.log")));
    }
    return line;
  }

  /** Ends all that was started here, watchdogs first: they would start the target again. */
  void close() throws IOException, InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
    List<ProcessId> watchdogs = new ArrayList<>();
    for (OpenInjection open : journal.open()) {
      journal.watchdog(open.id()).ifPresent(watchdogs::add);
    }
    ProcessKiller.killAll(() -> watchdogs.stream().filter(ProcessId::isRunning).toList());
    stopTarget();
  }
}
