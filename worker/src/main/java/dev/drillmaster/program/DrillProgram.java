package dev.drillmaster.program;

import com.zaxxer.hikari.HikariDataSource;
import dev.drillmaster.campaign.CampaignRequest;
import dev.drillmaster.database.LedgerDatabase;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillRequest;
import dev.drillmaster.home.Home;
import dev.drillmaster.ledger.OpenCampaign;
import dev.drillmaster.orchestrator.HomeServer;
import dev.drillmaster.orchestrator.Orchestrator;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that runs drills, in this program: ledger, lab, Temporal and worker. Whatever an
 * earlier program left behind in this home is put right before anything else is done.
 */
public final class DrillProgram implements RunStarter {

  private static final Logger LOG = LoggerFactory.getLogger(DrillProgram.class);
  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final Home home;
  private final HomeLock lock;
  private final HikariDataSource ledger;
  private final LocalHost host;
  private final Orchestrator orchestrator;
  private final DrillWorker worker;
  private final Keeper ledgerKeeper;
  private final Keeper serverKeeper;
  private @Nullable ProgramPort port;

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
    this.ledgerKeeper = new Keeper("the ledger's database", kept(LedgerDatabase.of(home)));
    this.serverKeeper = new Keeper("the Temporal server", kept(orchestrator));
  }

  private static Keeper.Kept kept(LedgerDatabase database) {
    return new Keeper.Kept() {
      @Override
      public boolean isRunning() throws IOException {
        return database.isRunning();
      }

      @Override
      public void start() throws IOException, InterruptedException {
        database.start();
      }
    };
  }

  private static Keeper.Kept kept(Orchestrator orchestrator) {
    return new Keeper.Kept() {
      @Override
      public boolean isRunning() {
        return orchestrator.isRunning();
      }

      @Override
      public void start() throws IOException, InterruptedException {
        orchestrator.startAgain();
      }
    };
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
      orchestrator = Temporals.open(temporal, home, System.getenv(), progress);
      if (!orchestrator.name().equals(Orchestrator.HOME)) {
        // One that a killed program left behind is of no use to this one.
        HomeServer.of(home).stop();
      }
      DrillWorker worker = DrillWorker.ofAll(orchestrator, host, ledger);
      if (!isEmbedded(orchestrator)) {
        Reapers.schedule(orchestrator);
      }
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

  /** Where the UI of its Temporal server is; empty if there is none or only its owner knows. */
  public Optional<String> ui() {
    return orchestrator.ui();
  }

  /**
   * Stops what goes on at its server, if that ends with it. On a server of others it waits for the
   * next worker.
   *
   * @return whether nothing is left to be done by anybody
   */
  public boolean stopRuns(Duration atMost, Consumer<String> progress) throws IOException {
    boolean ours = isEmbedded() || orchestrator.name().equals(Orchestrator.HOME);
    return !ours || new GoingOn(home, orchestrator).stop(atMost, progress);
  }

  /** From now on runs may be started on its server from a second terminal. */
  public void takeRuns() throws IOException {
    port = ProgramPort.open(home, host, new StopForCommand(home, address()));
    publish("");
  }

  /** Starts a run that does not wait to be admitted. */
  public RunHandle start(DrillPlan plan, String requester) throws IOException {
    return start(plan, requester, Duration.ZERO);
  }

  @Override
  public RunHandle start(DrillPlan plan, String requester, Duration maxWait) throws IOException {
    String name = newName(plan.name());
    publish(name);
    return RunHandle.start(
        orchestrator.client(),
        name,
        new DrillRequest(plan, requester, orchestrator.name(), maxWait));
  }

  @Override
  public CampaignHandle startOrJoin(
      String name, List<CampaignRequest.Part> parts, String requester, Duration maxWait)
      throws IOException {
    publish(name);
    return CampaignHandle.startOrJoin(
        orchestrator.client(),
        name,
        new CampaignRequest(parts, requester, orchestrator.name(), maxWait));
  }

  @Override
  public boolean isEmbedded() {
    return isEmbedded(orchestrator);
  }

  private static boolean isEmbedded(Orchestrator orchestrator) {
    return orchestrator.name().startsWith(Orchestrator.EMBEDDED);
  }

  @Override
  public Optional<Duration> leaseLeft(UUID injection) {
    return host.injections().leaseLeft(injection);
  }

  /** It is this program itself that works. */
  @Override
  public void requireWorker() {}

  private void publish(String name) throws IOException {
    RunningProgram.self(orchestrator, name).publish(home);
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
        ledgerKeeper;
        serverKeeper;
        ProgramPort asked = port) {
      LOG.info("ending");
    }
  }

  /** One more thing to be done at the end. */
  private interface Closing extends AutoCloseable {
    @Override
    void close() throws IOException;
  }
}
