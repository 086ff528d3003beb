package dev.drillmaster.program;

import com.zaxxer.hikari.HikariDataSource;
import dev.drillmaster.agent.HostAccounts;
import dev.drillmaster.database.LedgerDatabase;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.home.Home;
import dev.drillmaster.host.AgentOnHost;
import dev.drillmaster.injection.HealAllReport;
import dev.drillmaster.lab.Lab;
import dev.drillmaster.ledger.AgentBooks;
import dev.drillmaster.ledger.OpenCampaign;
import dev.drillmaster.ledger.OpenRuns;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.reaper.OpenRun;
import dev.drillmaster.reaper.Reaping;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Puts a home right, whatever an earlier program left behind in it: faults first, from the host's
 * journal, since nothing else may keep them from being healed; then the lab; then the books of runs
 * that nobody looks after any more.
 *
 * @param home whose lock the caller has
 * @param host its host
 * @param goesOn whether a campaign that was left behind on a Temporal server of its own is to go on
 *     there; its run that was in the middle is ended all the same
 * @param progress is told what is done
 */
public record PuttingRight(
    Home home, LocalHost host, Predicate<OpenCampaign> goesOn, Consumer<String> progress) {

  /** No campaign goes on. */
  public static final Predicate<OpenCampaign> NONE = campaign -> false;

  /** Of the newest injections of this host; the ledger takes those that it has lost. */
  private static final int TOLD = 100;

  private static final Finding DIED =
      Finding.doubt(
          "program-died",
          "the program that looked after the run died before it was over",
          "run it again; a run that was left behind proves nothing");

  /**
   * Does all of it.
   *
   * @param wanted whether the lab is to run afterwards
   * @return the pool of the ledger's writer
   * @throws IOException if something could not be put right; what could be is, and it can be done
   *     again
   */
  public HikariDataSource run(LabWanted wanted)
      throws IOException, SQLException, InterruptedException {
    healAll();
    LedgerDatabase database = LedgerDatabase.of(home);
    database.start();
    HikariDataSource writer = database.writer();
    try {
      Lab lab = new Lab(home);
      reconcile(writer);
      OpenRuns ledger = new OpenRuns(writer);
      List<OpenRun> open = ledger.all();
      List<OpenRun> handedOver = ledger.handedOver();
      Reaping reaping = new Reaping(new LocalHands(host, writer, progress), LocalHands.BY);
      boolean needed = !open.isEmpty() || !handedOver.isEmpty();
      // Rather the rollback of a run than our own "up" puts the pair right, since its books tell
      // what was done; but it needs the proxy.
      if (needed && !lab.status().part(Lab.PROXY).running()) {
        lab.up(progress);
      }
      endRuns(open, reaping, writer);
      tryAgain(handedOver, reaping);
      if (needed || wanted == LabWanted.ALWAYS || lab.status().anyRuns()) {
        lab.up(progress);
      }
    } catch (UncheckedIOException failed) {
      writer.close();
      throw failed.getCause();
    } catch (IOException | SQLException | InterruptedException | RuntimeException failed) {
      writer.close();
      throw failed;
    }
    return writer;
  }

  /** Whether the lab is to run afterwards. */
  public enum LabWanted {
    ALWAYS,
    /** Only if it runs already, in whole or in part, or is needed to end a run. */
    IF_NEEDED
  }

  /** First: what the ledger has lost of a run is then ended with it. */
  private void reconcile(HikariDataSource writer) {
    HostAccounts accounts = new AgentOnHost(host.identity(), host.journal()).accounts(TOLD);
    new AgentBooks(writer).reconcile(accounts).forEach(progress);
  }

  private void healAll() throws IOException {
    HealAllReport report = host.injections().healAll("heal-command");
    report.healed().forEach((id, heal) -> progress.accept("healed: " + heal.inspection().detail()));
    if (!report.failed().isEmpty()) {
      throw new IOException("not healed, run \"drillmaster heal\" again: " + report.failed());
    }
  }

  private void endRuns(List<OpenRun> runs, Reaping reaping, HikariDataSource writer)
      throws IOException, InterruptedException {
    CampaignsLeftBehind campaigns = new CampaignsLeftBehind(writer, progress);
    List<OpenCampaign> all = campaigns.all();
    List<OpenCampaign> toEnd = all.stream().filter(this::ends).toList();
    Set<String> known =
        new OnTheirServers(home, host, writer, toEnd.size() == all.size(), progress)
            .end(left(runs, toEnd));
    List<String> handedOver = new ArrayList<>();
    for (OpenRun run : runs) {
      if (known.contains(run.workflowId())) {
        continue;
      }
      progress.accept("run " + run.workflowId() + " was left behind: ending it");
      DrillReport report = reaping.end(run, DIED);
      progress.accept("  closed: " + report.verdict() + ", " + report.outcome().text());
      if (report.outcome() == Outcome.HANDED_OVER) {
        handedOver.add(run.workflowId());
      }
    }
    toEnd.stream()
        .filter(campaign -> !known.contains(campaign.workflowId()))
        .forEach(campaigns::close);
    refuseIfAny(handedOver);
  }

  /** What was on an in-process server is over in any case. */
  private boolean ends(OpenCampaign campaign) {
    return campaign.orchestrator().startsWith(Orchestrator.EMBEDDED) || !goesOn.test(campaign);
  }

  private static List<OnTheirServers.Left> left(List<OpenRun> runs, List<OpenCampaign> campaigns) {
    Stream<OnTheirServers.Left> all =
        campaigns.stream()
            .map(one -> new OnTheirServers.Left(one.workflowId(), one.orchestrator(), true));
    return Stream.concat(
            all,
            runs.stream()
                .map(one -> new OnTheirServers.Left(one.workflowId(), one.orchestrator(), false)))
        .toList();
  }

  private void tryAgain(List<OpenRun> runs, Reaping reaping)
      throws IOException, InterruptedException {
    List<String> handedOver = new ArrayList<>();
    for (OpenRun run : runs) {
      progress.accept("run " + run.workflowId() + " could not be rolled back: trying again");
      if (!reaping.tryAgain(run)) {
        handedOver.add(run.workflowId());
      }
    }
    refuseIfAny(handedOver);
  }

  private static void refuseIfAny(List<String> handedOver) throws IOException {
    if (!handedOver.isEmpty()) {
      throw new IOException(
          "could not be rolled back: "
              + handedOver
              + "; what stands in the way is said above: put it right by hand, then run"
              + " \"drillmaster heal\"");
    }
  }
}
