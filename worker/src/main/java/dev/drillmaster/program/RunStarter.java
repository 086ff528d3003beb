package dev.drillmaster.program;

import dev.drillmaster.campaign.CampaignRequest;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.home.Home;
import dev.drillmaster.ledger.OpenCampaign;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Starts runs in a home: with all that they need, or as a client of the program that has it. */
public sealed interface RunStarter extends AutoCloseable permits DrillProgram, SecondTerminal {

  /**
   * Takes the program that keeps the home up, if there is one, else starts everything.
   *
   * @param temporal see {@link Temporals#open}
   * @param goesOn see {@link PuttingRight}; asked about every campaign that is open
   * @param progress is told what is done
   * @throws HomeInUse if another program has the home, and does not take runs or not at that server
   */
  static RunStarter open(
      Home home, String temporal, Predicate<OpenCampaign> goesOn, Consumer<String> progress)
      throws IOException, SQLException, InterruptedException {
    Optional<RunningProgram> up = RunningProgram.find(home).filter(RunningProgram::takesRuns);
    return up.isPresent()
        ? SecondTerminal.open(home, up.get(), temporal, goesOn)
        : DrillProgram.open(home, temporal, goesOn, progress);
  }

  /**
   * Starts a run.
   *
   * @param maxWait how long it waits to be admitted; zero if it does not
   */
  RunHandle start(DrillPlan plan, String requester, Duration maxWait) throws IOException;

  /**
   * Starts a campaign, or takes the one that there is or was of that name.
   *
   * @param name the campaign's; see {@link DrillProgram#newName}
   * @param maxWait how long each run waits to be admitted; zero if it does not
   */
  CampaignHandle startOrJoin(
      String name, List<CampaignRequest.Part> parts, String requester, Duration maxWait)
      throws IOException;

  /** Whether the Temporal server ends with the program that works for it, and forgets all. */
  boolean isEmbedded();

  /** How long a fault lives without renewal; empty if it is not held, or nobody can tell. */
  Optional<Duration> leaseLeft(UUID injection);

  /**
   * Looks whether somebody still works for what was started here.
   *
   * @throws IOException if nobody does, saying what to do
   */
  void requireWorker() throws IOException;

  @Override
  void close() throws IOException;
}
