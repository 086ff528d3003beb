package dev.drillmaster.program;

import com.zaxxer.hikari.HikariDataSource;
import dev.drillmaster.campaign.CampaignRequest;
import dev.drillmaster.database.LedgerDatabase;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillRequest;
import dev.drillmaster.home.Home;
import dev.drillmaster.ledger.OpenCampaign;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.program.PuttingRight.LabWanted;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that runs drills, in this program: ledger, lab, Temporal and worker. Whatever an
 * earlier program left behind in this home is put right before anything else is done.
 */
public final class DrillProgram implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DrillProgram.class);
  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final Home home;
  private final HomeLock lock;
  private final HikariDataSource ledger;
  private final LocalHost host;
  private final Orchestrator orchestrator;
  private final DrillWorker worker;
  private final LedgerKeeper keeper;

  private DrillProgram(
      Home home,
      HomeLock lock,
      LocalHost host,
      HikariDataSource ledger,
      Orchestrator orchestrator,
      DrillWorker worker) {
    this.home = home;
    this.lock = lock;
    this.host = host;
    this.ledger = ledger;
    this.orchestrator = orchestrator;
    this.worker = worker;
    this.keeper = new LedgerKeeper(LedgerDatabase.of(home));
  }

  /**
   * Starts all of it. No campaign that was left behind goes on.
   *
   * @see #open(Home, String, Predicate, Consumer)
   */
  public static DrillProgram open(Home home, String temporal, Consumer<String> progress)
      throws IOException, SQLException, InterruptedException {
    return open(home, temporal, PuttingRight.NONE, progress);
  }

  /**
   * Starts all of it.
   *
   * @param temporal see {@link Temporals#open}
   * @param goesOn see {@link PuttingRight}
   * @param progress is told what is done
   * @throws HomeInUse if another program has the home
   * @throws IOException if something cannot be started or put right, saying what to do
   */
  public static DrillProgram open(
      Home home, String temporal, Predicate<OpenCampaign> goesOn, Consumer<String> progress)
      throws IOException, SQLException, InterruptedException {
    home.make();
    HomeLock lock = HomeLock.require(home);
    HikariDataSource ledger = null;
    Orchestrator orchestrator = null;
    try {
      LocalHost host = LabHost.of(home);
      ledger = new PuttingRight(home, host, goesOn, progress).run(LabWanted.ALWAYS);
      orchestrator = Temporals.open(temporal, System.getenv());
      DrillWorker worker = DrillWorker.ofAll(orchestrator, host, ledger);
      if (!isEmbedded(orchestrator)) {
        Reapers.schedule(orchestrator);
      }
      new RunningProgram(ProcessId.self(), orchestrator.address(), "").publish(home);
      return new DrillProgram(home, lock, host, ledger, orchestrator, worker);
    } catch (IOException | SQLException | InterruptedException | RuntimeException failed) {
      if (orchestrator != null) {
        orchestrator.close();
      }
      if (ledger != null) {
        ledger.close();
      }
      lock.close();
      throw failed;
    }
  }

  /** {@code HOST:PORT} of its Temporal server. */
  public String address() {
    return orchestrator.address();
  }

  /** Starts a run that does not wait to be admitted. */
  public RunHandle start(DrillPlan plan, String requester) throws IOException {
    return start(plan, requester, Duration.ZERO);
  }

  /**
   * Starts a run.
   *
   * @param maxWait how long it waits to be admitted; zero if it does not
   */
  public RunHandle start(DrillPlan plan, String requester, Duration maxWait) throws IOException {
    String name = newName(plan.name());
    publish(name);
    return RunHandle.start(
        orchestrator.client(),
        name,
        new DrillRequest(plan, requester, orchestrator.name(), maxWait));
  }

  /**
   * Starts a campaign, or takes the one that there is or was of that name.
   *
   * @param name the campaign's; see {@link #newName}
   * @param maxWait how long each run waits to be admitted; zero if it does not
   */
  public CampaignHandle startOrJoin(
      String name, List<CampaignRequest.Part> parts, String requester, Duration maxWait)
      throws IOException {
    publish(name);
    return CampaignHandle.startOrJoin(
        orchestrator.client(),
        name,
        new CampaignRequest(parts, requester, orchestrator.name(), maxWait));
  }

  /** Whether its Temporal server ends with it. */
  public boolean isEmbedded() {
    return isEmbedded(orchestrator);
  }

  private static boolean isEmbedded(Orchestrator orchestrator) {
    return orchestrator.name().startsWith(Orchestrator.EMBEDDED);
  }

  /** How long a fault lives without renewal; empty if it is not held by this program. */
  public Optional<Duration> leaseLeft(UUID injection) {
    return host.injections().leaseLeft(injection);
  }

  private void publish(String name) throws IOException {
    new RunningProgram(ProcessId.self(), orchestrator.address(), name).publish(home);
  }

  /** Readable, and different even for two that begin in the same second. */
  public static String newName(String prefix) {
    return String.format(
        Locale.ROOT,
        "%s-%s-%03d",
        prefix,
        NAME.format(LocalDateTime.now(ZoneOffset.UTC)),
        ThreadLocalRandom.current().nextInt(1000));
  }

  /** Ends all of it, the lock last; what cannot be ended keeps nothing else from it. */
  @Override
  @SuppressWarnings("try") // They are closed, not used.
  public void close() throws IOException {
    try (lock;
        Closing withdrawn = () -> RunningProgram.withdraw(home);
        ledger;
        orchestrator;
        worker;
        keeper) {
      LOG.info("ending");
    }
  }

  /** One more thing to be done at the end. */
  private interface Closing extends AutoCloseable {
    @Override
    void close() throws IOException;
  }
}
