package dev.drillmaster.program;

import com.zaxxer.hikari.HikariDataSource;
import dev.drillmaster.campaign.CampaignRequest;
import dev.drillmaster.database.LedgerDatabase;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillRequest;
import dev.drillmaster.home.Home;
import dev.drillmaster.ledger.OpenCampaign;
import dev.drillmaster.ledger.OpenCampaigns;
import dev.drillmaster.orchestrator.Orchestrator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client of the program that keeps a home up: starts runs there, and works for none. */
final class SecondTerminal implements RunStarter {

  private static final Logger LOG = LoggerFactory.getLogger(SecondTerminal.class);

  private final Home home;
  private final RunningProgram up;
  private final Orchestrator orchestrator;

  private SecondTerminal(Home home, RunningProgram up, Orchestrator orchestrator) {
    this.home = home;
    this.up = up;
    this.orchestrator = orchestrator;
  }

  /** See {@link RunStarter#open}. */
  static SecondTerminal open(
      Home home, RunningProgram up, String temporal, Predicate<OpenCampaign> goesOn)
      throws IOException {
    // Any other choice is one of how to start a server, and here one runs.
    if (Temporals.isAddress(temporal) && !temporal.equals(up.address())) {
      throw new HomeInUse(up.inTheWay() + ", or leave out --temporal");
    }
    Orchestrator orchestrator = up.connect();
    try (HikariDataSource ledger = LedgerDatabase.of(home).writer()) {
      for (OpenCampaign open : new OpenCampaigns(ledger).all()) {
        // Whatever is open there goes on; who asks may refuse what it is.
        LOG.info("campaign {} is open, asked for: {}", open.workflowId(), goesOn.test(open));
      }
      return new SecondTerminal(home, up, orchestrator);
    } catch (IOException | RuntimeException refused) {
      orchestrator.close();
      throw refused;
    }
  }

  @Override
  public RunHandle start(DrillPlan plan, String requester, Duration maxWait) {
    return RunHandle.start(
        orchestrator.client(),
        DrillProgram.newName(plan.name()),
        new DrillRequest(plan, requester, orchestrator.name(), maxWait));
  }

  @Override
  public CampaignHandle startOrJoin(
      String name, List<CampaignRequest.Part> parts, String requester, Duration maxWait) {
    return CampaignHandle.startOrJoin(
        orchestrator.client(),
        name,
        new CampaignRequest(parts, requester, orchestrator.name(), maxWait));
  }

  @Override
  public boolean isEmbedded() {
    return orchestrator.name().startsWith(Orchestrator.EMBEDDED);
  }

  @Override
  public Optional<Duration> leaseLeft(UUID injection) {
    try {
      return ProgramPort.ask(home, injection);
    } catch (IOException silent) {
      LOG.debug("no answer about the lease", silent);
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void requireWorker() throws IOException {
    if (!up.process().isRunning()) {
      throw new IOException(
          "process "
              + up.process().pid()
              + ", which worked for this, has ended: run \"drillmaster heal\"");
    }
  }

  @Override
  public void close() {
    orchestrator.close();
  }
}
