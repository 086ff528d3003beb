package dev.drillmaster.program;

import com.zaxxer.hikari.HikariDataSource;
import dev.drillmaster.database.LedgerDatabase;
import dev.drillmaster.guard.OpenWork;
import dev.drillmaster.home.Home;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.ledger.Ledger;
import dev.drillmaster.ledger.Permits;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.stop.HostStopped;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops everything with whatever answers: by a workflow if Temporal and a worker do, else from this
 * host's own journal and by the ledger directly. Nothing that is away keeps the faults of this host
 * waiting longer than a few seconds.
 *
 * @param home whose runs and faults are meant
 * @param address {@code HOST:PORT} of Temporal; empty if nobody knows one
 * @param run the run or campaign that a program of this home looks after; empty if there is none
 * @param who stops, as declared
 * @param reason why
 * @param told is told how far it is
 */
public record StoppingAll(
    Home home, String address, String run, String who, String reason, Told told) {

  private static final Logger LOG = LoggerFactory.getLogger(StoppingAll.class);

  private static final Duration TEMPORAL_ANSWERS = Duration.ofSeconds(4);

  /** As long as connecting takes at most. */
  private static final Duration TEMPORAL_IS_SLOW = Duration.ofSeconds(10);

  /** Connecting to Temporal takes as long, so that asking the ledger costs nothing. */
  private static final Duration LEDGER_ANSWERS = Duration.ofMillis(500);

  private static final OpenWork NOTHING_KNOWN =
      new OpenWork(List.of(), List.of(), List.of(), Map.of());

  /** Who is told how far it is. */
  public interface Told {

    /**
     * What hosts did.
     *
     * @param millis from the command being sent until all of them had answered
     */
    void healed(List<HostStopped> hosts, long millis);

    /** What was done or could not be done, in a line for people. */
    void line(String text);
  }

  /**
   * Does it.
   *
   * @return whether all could be done: every fault is healed, the stop is recorded, and every run
   *     that goes on was told and is over
   */
  public boolean stopAll() throws IOException, InterruptedException {
    Instant stoppedAt = Instant.ofEpochMilli(System.currentTimeMillis());
    Future<OpenWork> asked = Bounded.ask(this::openWork);
    if (address.isEmpty()) {
      told.line("no program of this home runs: from this host's own journal and the ledger");
      HostStopped here = healHere();
      return record(stoppedAt, List.of(here)) && here.nothingLeft();
    }
    Future<Orchestrator> connecting = Bounded.ask(() -> Orchestrator.at(address));
    Optional<Orchestrator> connected = Bounded.within(TEMPORAL_ANSWERS, connecting);
    if (connected.isPresent()) {
      return throughTemporal(connected.get(), asked, stoppedAt);
    }
    told.line("Temporal at " + address + " is silent: this host is healed directly");
    HostStopped here = healHere();
    // It may only be slow, and runs are better told than left to find out.
    connected = Bounded.within(TEMPORAL_IS_SLOW, connecting);
    if (connected.isPresent()) {
      return throughTemporal(connected.get(), asked, stoppedAt);
    }
    told.line(
        "Temporal at "
            + address
            + " does not answer: runs cannot be told, and other hosts heal by their leases; a run"
            + " that goes on finds its faults here healed, and they stay so");
    record(stoppedAt, List.of(here));
    return false;
  }

  private boolean throughTemporal(Orchestrator connected, Future<OpenWork> asked, Instant stoppedAt)
      throws IOException, InterruptedException {
    try (Orchestrator server = connected) {
      OpenWork open = Bounded.within(LEDGER_ANSWERS, asked).orElse(NOTHING_KNOWN);
      return new StopThroughTemporal(this, server.client(), stoppedAt).run(open);
    } catch (RuntimeException gone) {
      // A program whose run ends when it finds its fault healed takes its own server with it.
      LOG.warn("Temporal at {} was lost", address, gone);
      told.line("Temporal at " + address + " was lost: the rest is done directly");
      HostStopped here = healHere();
      boolean recorded = record(stoppedAt, List.of(here));
      Optional<OpenWork> left = Bounded.within(TEMPORAL_IS_SLOW, this::openWork);
      boolean over = left.isPresent() && left.get().runs().isEmpty();
      told.line(over ? "no run goes on" : "runs may go on: run \"drillmaster heal\"");
      return recorded && over && here.nothingLeft();
    }
  }

  private OpenWork openWork() throws IOException {
    LedgerDatabase database = LedgerDatabase.of(home);
    if (!database.isRunning()) {
      return NOTHING_KNOWN;
    }
    try (HikariDataSource writer = database.writer()) {
      return new Permits(new Ledger(writer)).openWork();
    }
  }

  /** Heals what this host's journal holds, and tells it. */
  HostStopped healHere() {
    long began = System.nanoTime();
    HostStopped here;
    try {
      here =
          new HostStopped(
              LabHost.NAME,
              LabHost.of(home).injections().healAll(HealReport.STOP_OF_EVERYTHING),
              "");
    } catch (IOException unreadable) {
      here = new HostStopped(LabHost.NAME, null, String.valueOf(unreadable.getMessage()));
    }
    told.healed(List.of(here), (System.nanoTime() - began) / 1_000_000);
    return here;
  }

  /** Writes the stop into the ledger, if its database runs, and tells whether it could. */
  boolean record(Instant stoppedAt, List<HostStopped> hosts) throws IOException {
    LedgerDatabase database = LedgerDatabase.of(home);
    if (!database.isRunning()) {
      told.line(
          "NOT RECORDED: the ledger's database does not run, so that nothing keeps the next run"
              + " from beginning; give the command again when it does");
      return false;
    }
    try (HikariDataSource writer = database.writer()) {
      new GlobalStop(writer).stop(stoppedAt, who, reason, hosts);
      recorded();
      return true;
    } catch (RuntimeException silent) {
      LOG.warn("the stop could not be recorded", silent);
      told.line("NOT RECORDED: the ledger does not answer; give the command again when it does");
      return false;
    }
  }

  void recorded() {
    told.line("recorded: no run begins until \"drillmaster resume --reason TEXT\"");
  }
}
