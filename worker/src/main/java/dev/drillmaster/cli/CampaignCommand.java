package dev.drillmaster.cli;

import dev.drillmaster.campaign.CampaignReport;
import dev.drillmaster.campaign.CampaignRequest;
import dev.drillmaster.campaign.Wanted;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.home.Home;
import dev.drillmaster.ledger.OpenCampaign;
import dev.drillmaster.program.CampaignHandle;
import dev.drillmaster.program.RunStarter;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * What {@code run} does when more is wanted than one run by itself.
 *
 * @param spec the command that is given
 * @param name the campaign's; if there is one of that name, this goes on with it
 * @param parts the plans and how many runs of each
 * @param maxWait how long each run waits to be admitted; zero if it does not
 * @param temporal see {@link RunStarter#open}
 * @param words for people
 */
record CampaignCommand(
    CommandSpec spec,
    String name,
    List<CampaignRequest.Part> parts,
    Duration maxWait,
    String temporal,
    PrintWriter words) {

  /** The runs of some plans. */
  static CampaignCommand of(
      CommandSpec spec,
      CampaignOptions options,
      List<DrillPlan> plans,
      Duration maxWait,
      String temporal,
      PrintWriter words) {
    List<CampaignRequest.Part> parts =
        plans.stream().map(plan -> new CampaignRequest.Part(plan, options.runs())).toList();
    return new CampaignCommand(spec, options.name(), parts, maxWait, temporal, words);
  }

  /**
   * Makes the runs.
   *
   * @param json whether the result is one JSON object
   * @return the exit code
   */
  int run(Home home, InterruptHook hook, boolean json)
      throws IOException, SQLException, InterruptedException {
    try (RunStarter program = RunStarter.open(home, temporal, this::goesOn, this::say)) {
      if (hook.requested()) {
        say("stopped before the first run began");
        return ExitCode.STOPPED;
      }
      CampaignHandle campaign =
          program.startOrJoin(name, parts, System.getProperty("user.name", "unknown"), maxWait);
      CampaignWatching watching = new CampaignWatching(program, campaign, words);
      hook.stopBy(watching::stop);
      introduce(campaign, program);
      CampaignReport report = watching.untilEnd();
      ZoneId zone = ZoneId.systemDefault();
      PrintWriter out = spec.commandLine().getOut();
      out.println(json ? RunJson.of(report) : "\n" + CampaignText.of(report, zone));
      out.flush();
      return ExitCode.of(report);
    }
  }

  /** Whether a campaign that a dead program left behind is the one that is asked for now. */
  private boolean goesOn(OpenCampaign left) {
    if (!left.workflowId().equals(name)) {
      return false;
    }
    if (!left.wanted().equals(new CampaignRequest(parts, "", "", null).wanted())) {
      throw new ParameterException(
          spec.commandLine(),
          "campaign "
              + name
              + " goes on already, with other runs ("
              + CampaignText.wanted(left.wanted())
              + "): ask for those, give another name, or end it with \"drillmaster heal\"");
    }
    return true;
  }

  private void introduce(CampaignHandle campaign, RunStarter program) {
    List<Wanted> wanted = new CampaignRequest(parts, "", "", null).wanted();
    say("campaign " + name + ": " + CampaignText.wanted(wanted));
    say("(to stop it: Ctrl-C, or drillmaster stop)");
    if (!campaign.begun()) {
      say("There is a campaign of that name: going on with it.");
    } else if (program.isEmbedded()) {
      say(
          "It ends with this program; on a Temporal server of its own (--temporal) it would go on.");
    } else {
      say("If this program dies, the same command with --campaign " + name + " goes on with it.");
    }
    say("");
  }

  private void say(String line) {
    words.println(line);
    words.flush();
  }
}
