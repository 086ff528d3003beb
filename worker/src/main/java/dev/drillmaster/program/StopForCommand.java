package dev.drillmaster.program;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drillmaster.control.ControlClient;
import dev.drillmaster.control.ControlServer.Refused;
import dev.drillmaster.home.Home;
import dev.drillmaster.stop.HostStopped;
import dev.drillmaster.wire.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops everything for a command of the same home, in a program that has long been talking to
 * Temporal and ledger: a command that began to do so on a busy host needed ten seconds (measured)
 * before it sent anything.
 *
 * @param home whose runs and faults are meant
 * @param address {@code HOST:PORT} of Temporal
 */
record StopForCommand(Home home, String address, Map<String, Going> going) {

  private static final Logger LOG = LoggerFactory.getLogger(StopForCommand.class);

  /** Half of what a call takes at most. */
  private static final Duration NEWS = ControlClient.LIMIT.dividedBy(2);

  StopForCommand(Home home, String address) {
    this(home, address, new ConcurrentHashMap<>());
  }

  /**
   * What a command asks for.
   *
   * @param who stops, as declared
   * @param reason why
   */
  record Wanted(String who, String reason) {
    Wanted {
      Objects.requireNonNull(who, "who");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /** Under which name it goes on. */
  record Begun(String name) {}

  /**
   * What is to be told: a line, or what hosts did.
   *
   * @param line null if it is what hosts did
   * @param hosts as our mapper writes a list of {@link HostStopped}
   */
  record Told(@Nullable String line, @Nullable JsonNode hosts, long millis) {}

  /**
   * How far it is.
   *
   * @param told what the command has not seen
   * @param done null as long as it goes on; then whether all could be done
   */
  record Progress(List<Told> told, @Nullable Boolean done) {
    Progress {
      told = List.copyOf(told);
    }
  }

  /** How much of what was told a command has seen. */
  record Seen(int told) {}

  /** One stop, which goes on whether or not the command still asks for it. */
  static final class Going implements StoppingAll.Told {
    private final List<Told> told = new ArrayList<>();
    private @Nullable Boolean done;

    @Override
    public synchronized void healed(List<HostStopped> hosts, long millis) {
      told.add(new Told(null, Wire.json().valueToTree(hosts), millis));
      notifyAll();
    }

    @Override
    public synchronized void line(String text) {
      told.add(new Told(text, null, 0));
      notifyAll();
    }

    synchronized void end(boolean all) {
      done = all;
      notifyAll();
    }

    /** Waits a little for news, so that nobody who asks keeps a processor from those who heal. */
    synchronized Progress progress(int seen) throws InterruptedException {
      long deadline = System.nanoTime() + NEWS.toNanos();
      long left = NEWS.toMillis();
      while (told.size() <= seen && done == null && left > 0) {
        wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      }
      return new Progress(told.subList(Math.min(seen, told.size()), told.size()), done);
    }
  }

  Begun begin(Wanted wanted) {
    String name = UUID.randomUUID().toString();
    Going stop = new Going();
    going.put(name, stop);
    var unused = Bounded.ask(() -> run(wanted, stop));
    return new Begun(name);
  }

  private boolean run(Wanted wanted, Going stop) throws Exception {
    boolean all = false;
    try {
      all = new StoppingAll(home, address, "", wanted.who(), wanted.reason(), stop).stopAll();
      return all;
    } catch (Exception failed) {
      LOG.error("stopping everything failed", failed);
      stop.line("NOT ALL DONE: " + failed.getMessage() + "; give the command again");
      throw failed;
    } finally {
      stop.end(all);
    }
  }

  /** What is new; waits a little for it. */
  Progress progress(String name, Seen seen) throws Refused, InterruptedException {
    @Nullable Going stop = going.get(name);
    if (stop == null) {
      throw new Refused(404, "no stop " + name);
    }
    return stop.progress(seen.told());
  }
}
