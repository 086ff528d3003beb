package dev.drillmaster.program;

import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/** One way in which a part of Drillmaster dies, and comes back. Instants as in WatchedFault. */
sealed interface Death {

  /** What dies. */
  String victim();

  /** Returns when it is dead, or frozen. */
  void strike() throws IOException, InterruptedException;

  /**
   * The latest instant by which a fault must be over because nobody holds it any more; empty if its
   * lease may still be renewed, since its holder and Temporal live.
   *
   * @param struck when the victim was dead
   */
  OptionalLong mustBeOver(WatchedFault fault, long struck);

  /** For so long it is dead or frozen at least. */
  default Duration atLeast() {
    return Duration.ZERO;
  }

  /** Ends what is left of the victim and returns when it works again. */
  void revive() throws IOException, InterruptedException;

  /** A program of ours that holds the faults of one host. */
  sealed interface OfProgram extends Death {

    DrilledHome.Started program();

    String host();

    @Override
    default void strike() throws IOException, InterruptedException {
      program().signal(Signal.KILL);
      program().end();
    }

    @Override
    default OptionalLong mustBeOver(WatchedFault fault, long struck) {
      return fault.spec().host().equals(host())
          ? OptionalLong.of(Math.min(struck + fault.spec().bound().toNanos(), fault.latest()))
          : OptionalLong.empty();
    }
  }

  /** The worker, which holds the faults of the lab. */
  record OfWorker(Installation all) implements OfProgram {
    @Override
    public String victim() {
      return "worker";
    }

    @Override
    public DrilledHome.Started program() {
      return all.worker();
    }

    @Override
    public String host() {
      return LabHost.NAME;
    }

    @Override
    public void revive() throws IOException, InterruptedException {
      all.restartWorker();
    }
  }

  /** An agent. */
  record OfAgent(Installation all, int room) implements OfProgram {
    @Override
    public String victim() {
      return "agent";
    }

    @Override
    public DrilledHome.Started program() {
      return all.agent(room);
    }

    @Override
    public String host() {
      return all.rooms.get(room).host;
    }

    @Override
    public void revive() throws IOException, InterruptedException {
      all.restartAgent(room);
    }
  }

  /**
   * A program that is frozen for longer than a lease and then killed, or goes on as if nothing had
   * happened, unless whoever healed meanwhile had to end it.
   */
  record Frozen(OfProgram part, boolean goesOn) implements Death {

    private static final Duration LONGER_THAN_A_LEASE = RunLoad.LEASE.plusMillis(500);
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    @Override
    public String victim() {
      return part.victim() + (goesOn ? " (frozen)" : " (frozen, then killed)");
    }

    @Override
    public void strike() throws IOException, InterruptedException {
      part.program().signal(Signal.STOP);
      ProcessId process = ProcessId.of(part.program().process().pid()).orElseThrow();
      if (!Poll.until(AT_ONCE, process::isFrozen)) {
        throw new IOException("it does not freeze: " + victim());
      }
    }

    @Override
    public Duration atLeast() {
      return LONGER_THAN_A_LEASE;
    }

    @Override
    public OptionalLong mustBeOver(WatchedFault fault, long struck) {
      return part.mustBeOver(fault, struck);
    }

    @Override
    public void revive() throws IOException, InterruptedException {
      if (goesOn) {
        part.program().signal(Signal.CONT);
      } else {
        part.strike();
      }
      if (!part.program().process().isAlive()) {
        part.revive();
      }
    }
  }

  /** The Temporal server. No holder holds a fault that nobody could stop. */
  record OfTemporal(Installation all) implements Death {
    @Override
    public String victim() {
      return "Temporal server";
    }

    @Override
    public void strike() throws InterruptedException {
      all.server.stop();
    }

    @Override
    public OptionalLong mustBeOver(WatchedFault fault, long struck) {
      return OptionalLong.of(Math.min(fault.deadlineUnheld(struck), fault.latest()));
    }

    @Override
    public void revive() throws IOException, InterruptedException {
      all.server.startAgain();
    }
  }

  /**
   * The database of the ledger. No fault needs to end for that: its worker starts it again.
   *
   * @param whole whether all of its processes are killed at once, or only the first
   */
  record OfDatabase(Installation all, boolean whole) implements Death {
    @Override
    public String victim() {
      return "database" + (whole ? "" : " (its postmaster)");
    }

    @Override
    public void strike() throws IOException {
      Path file = all.ledger().directory().resolve("postmaster.pid");
      long postmaster = Long.parseLong(Files.readAllLines(file).get(0));
      Signal.KILL.send(whole ? all.ledger().members() : ProcessId.of(postmaster).stream().toList());
    }

    @Override
    public OptionalLong mustBeOver(WatchedFault fault, long struck) {
      return OptionalLong.empty();
    }

    @Override
    public void revive() throws IOException, InterruptedException {
      all.awaitLedger();
    }
  }

  /** All victims, each with one of the ways in which it dies. */
  static List<Death> ofEach(Installation all, Random random) {
    Death worker = perhapsFrozen(new OfWorker(all), 20, random);
    Death agent = perhapsFrozen(new OfAgent(all, random.nextInt(all.rooms.size())), 40, random);
    return List.of(worker, agent, new OfTemporal(all), new OfDatabase(all, random.nextBoolean()));
  }

  private static Death perhapsFrozen(OfProgram part, int percent, Random random) {
    boolean frozen = random.nextInt(100) < percent;
    boolean goesOn = random.nextBoolean();
    return frozen ? new Frozen(part, goesOn) : part;
  }
}
