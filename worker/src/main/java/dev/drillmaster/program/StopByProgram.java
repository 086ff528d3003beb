package dev.drillmaster.program;

import dev.drillmaster.control.ControlClient;
import dev.drillmaster.home.Home;
import dev.drillmaster.program.StopForCommand.Begun;
import dev.drillmaster.program.StopForCommand.Progress;
import dev.drillmaster.program.StopForCommand.Seen;
import dev.drillmaster.program.StopForCommand.Told;
import dev.drillmaster.program.StopForCommand.Wanted;
import dev.drillmaster.stop.HostStopped;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the program that keeps a home up stop everything, and tells what it says.
 *
 * @param home that is kept up
 * @param program that keeps it up
 * @param told is told how far it is
 */
public record StopByProgram(Home home, RunningProgram program, StoppingAll.Told told) {

  private static final Logger LOG = LoggerFactory.getLogger(StopByProgram.class);

  /** So often in a row, each for as long as a call takes at most, it may say nothing. */
  private static final int PATIENCE = 5;

  /**
   * Does it.
   *
   * @param who stops, as declared
   * @param reason why
   * @return see {@link StoppingAll#stopAll}; empty if the program does not take the command within
   *     a second, or is lost before it is done: do it without
   */
  public Optional<Boolean> stopAll(String who, String reason) throws InterruptedException {
    ControlClient client;
    Begun begun;
    try {
      client = ProgramPort.client(home);
      begun = client.post("/stops", new Wanted(who, reason), Begun.class, ControlClient.LIMIT);
    } catch (IOException silent) {
      LOG.warn("the program does not stop everything for this command", silent);
      return Optional.empty();
    }
    told.line("by process " + program.process().pid() + ", which keeps this home up");
    try {
      return Optional.of(follow(client, "/stops/" + begun.name()));
    } catch (IOException lost) {
      LOG.warn("the program was lost while it stopped everything", lost);
      told.line("process " + program.process().pid() + " was lost: from here");
      return Optional.empty();
    }
  }

  private boolean follow(ControlClient client, String stop)
      throws IOException, InterruptedException {
    int seen = 0;
    while (true) {
      Progress now = progress(client, stop, new Seen(seen));
      for (Told each : now.told()) {
        tell(each);
      }
      seen += now.told().size();
      if (now.done() != null) {
        return now.done();
      }
    }
  }

  /** It has taken the command, and does it even when it is too busy to say how far it is. */
  private Progress progress(ControlClient client, String stop, Seen seen)
      throws IOException, InterruptedException {
    for (int silent = 1; ; silent++) {
      try {
        return client.post(stop, seen, Progress.class, ControlClient.LIMIT);
      } catch (IOException failed) {
        if (silent == PATIENCE || !program.process().isRunning()) {
          throw failed;
        }
      }
    }
  }

  private void tell(Told each) throws IOException {
    if (each.line() != null) {
      told.line(each.line());
    } else {
      HostStopped[] hosts = Wire.json().treeToValue(each.hosts(), HostStopped[].class);
      told.healed(List.of(hosts), each.millis());
    }
  }
}
