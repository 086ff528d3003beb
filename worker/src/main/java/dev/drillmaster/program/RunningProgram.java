package dev.drillmaster.program;

import dev.drillmaster.control.PrivateFile;
import dev.drillmaster.home.Home;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.orchestrator.ServerUnreachable;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a program that runs drills tells others of the same home, so that run, stop and status work
 * from a second terminal.
 *
 * @param process the program
 * @param address {@code HOST:PORT} of its Temporal server
 * @param run the run that it looks after: its workflow id; empty if it works for whatever its
 *     server gives it
 * @param orchestrator how the ledger names its Temporal server
 * @param ui where the UI of that is; empty if it has none or only its owner knows
 */
public record RunningProgram(
    ProcessId process, String address, String run, String orchestrator, String ui) {

  public RunningProgram(
      ProcessId process,
      String address,
      String run,
      @Nullable String orchestrator,
      @Nullable String ui) {
    this.process = process;
    this.address = address;
    this.run = run;
    this.orchestrator = Objects.requireNonNullElse(orchestrator, address);
    this.ui = Objects.requireNonNullElse(ui, "");
  }

  /** This program. */
  static RunningProgram self(Orchestrator orchestrator, String run) {
    return new RunningProgram(
        ProcessId.self(),
        orchestrator.address(),
        run,
        orchestrator.name(),
        orchestrator.ui().orElse(""));
  }

  /** Tells it, in the place of what an earlier program told. */
  void publish(Home home) throws IOException {
    PrivateFile.write(home.program(), Wire.json().writeValueAsString(this));
  }

  /** Takes it back. */
  static void withdraw(Home home) throws IOException {
    Files.deleteIfExists(home.program());
  }

  /** The program that runs now; empty if there is none, or it has died. */
  public static Optional<RunningProgram> find(Home home) throws IOException {
    String text;
    try {
      text = PrivateFile.read(home.program());
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
    RunningProgram program = Wire.json().readValue(text, RunningProgram.class);
    return Optional.of(program).filter(found -> found.process().isRunning());
  }

  /** Whether runs may be started on its server, which it then works for. */
  public boolean takesRuns() {
    return run.isEmpty();
  }

  /**
   * Whether it can be asked to stop everything.
   *
   * @param temporal the server that is meant; null if nobody said which
   */
  public boolean stops(@Nullable String temporal) {
    return takesRuns() && !process.isFrozen() && (temporal == null || temporal.equals(address));
  }

  /**
   * Connects to its Temporal server.
   *
   * @throws ServerUnreachable if that does not answer
   */
  public Orchestrator connect() {
    return Orchestrator.beside(orchestrator, address);
  }

  /** Why another program must wait, and what to do. */
  public String inTheWay() {
    return takesRuns()
        ? "process "
            + process.pid()
            + " works for Temporal at "
            + address
            + " with this home: end it first"
        : "process "
            + process.pid()
            + " runs "
            + run
            + " in this home: wait for it, or run \"drillmaster stop "
            + run
            + "\"";
  }
}
