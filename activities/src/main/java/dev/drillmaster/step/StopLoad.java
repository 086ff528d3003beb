package dev.drillmaster.step;

import dev.drillmaster.control.ControlAddress;
import dev.drillmaster.drill.CompensationReport;
import dev.drillmaster.drill.CompensationReport.State;
import dev.drillmaster.drill.CompensationRequest;
import dev.drillmaster.drill.StopLoadCompensation;
import dev.drillmaster.measure.LoadControl;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.Signal;
import dev.drillmaster.system.Pair;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Ends the load process of the run, in order if it answers, and keeps its journal. */
final class StopLoad implements Compensator<StopLoadCompensation> {

  private static final Duration EXIT = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(20);

  @Override
  public Class<StopLoadCompensation> compensationClass() {
    return StopLoadCompensation.class;
  }

  @Override
  public CompensationReport compensate(CompensationRequest request, Pair pair, int attempt)
      throws IOException, InterruptedException {
    Path directory = Marks.of(pair.system(), request.runId()).directory();
    ControlAddress address;
    try {
      address = ControlAddress.read(directory.resolve("load.address"));
    } catch (NoSuchFileException none) {
      return new CompensationReport(State.NOT_NEEDED, "the run has no load", attempt);
    }
    ProcessId process = address.process();
    if (!process.isRunning()) {
      return new CompensationReport(State.NOT_NEEDED, "the load has ended", attempt);
    }
    String how = end(directory, process);
    return new CompensationReport(State.DONE, "the load was " + how, attempt);
  }

  private static String end(Path directory, ProcessId process)
      throws IOException, InterruptedException {
    try {
      LoadControl.in(directory).stop();
      if (Poll.until(EXIT, LOOK, () -> !process.isRunning())) {
        return "stopped";
      }
    } catch (IOException silent) {
      // Ended below, by force: what it measured is whole up to its last line.
    }
    Signal.KILL.send(List.of(process));
    if (!Poll.until(EXIT, LOOK, () -> !process.isRunning())) {
      throw new IOException("load process " + process + " does not end after SIGKILL");
    }
    return "killed, since it did not answer";
  }
}
