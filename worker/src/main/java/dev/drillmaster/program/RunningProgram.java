package dev.drillmaster.program;

import dev.drillmaster.control.PrivateFile;
import dev.drillmaster.home.Home;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * What a program that runs drills tells others of the same home, so that stop and status work from
 * a second terminal.
 *
 * @param process the program
 * @param address {@code HOST:PORT} of its Temporal server
 * @param run the run that it looks after: its workflow id; empty if it works for whatever its
 *     server gives it
 */
public record RunningProgram(ProcessId process, String address, String run) {

  /** Tells it, in the place of what an earlier program told. */
  public void publish(Home home) throws IOException {
    PrivateFile.write(home.program(), Wire.json().writeValueAsString(this));
  }

  /** Takes it back. */
  public static void withdraw(Home home) throws IOException {
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

  /** Why another program must wait, and what to do. */
  public String inTheWay() {
    return run.isEmpty()
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
