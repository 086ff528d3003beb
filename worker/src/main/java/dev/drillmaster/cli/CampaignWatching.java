package dev.drillmaster.cli;

import dev.drillmaster.campaign.CampaignReport;
import dev.drillmaster.campaign.CampaignRun;
import dev.drillmaster.campaign.CampaignStatus;
import dev.drillmaster.program.CampaignHandle;
import dev.drillmaster.program.RunStarter;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches a campaign and prints each run that is over, until all are. */
final class CampaignWatching {

  private static final Logger LOG = LoggerFactory.getLogger(CampaignWatching.class);

  /** Runs take half a minute; their ends are not missed, since the status keeps them all. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final RunStarter program;
  private final CampaignHandle campaign;
  private final PrintWriter words;
  private int told;
  private String waiting = "";

  CampaignWatching(RunStarter program, CampaignHandle campaign, PrintWriter words) {
    this.program = program;
    this.campaign = campaign;
    this.words = words;
  }

  /**
   * Returns when it is over.
   *
   * @throws IOException if nobody works for it any more
   */
  CampaignReport untilEnd() throws IOException {
    while (true) {
      // Waiting for the end is also the pause between two looks.
      Optional<CampaignReport> report = campaign.await(LOOK);
      if (report.isPresent()) {
        tell(report.get().runs(), report.get().wanted());
        return report.get();
      }
      program.requireWorker();
      look();
    }
  }

  private void look() {
    try {
      CampaignStatus status = campaign.status();
      tell(status.over(), status.runs());
      String now = status.waiting() == null ? "" : status.waiting();
      if (!now.isEmpty() && !now.equals(waiting)) {
        words.println("waiting: " + PlainText.oneLine(now));
      }
      waiting = now;
      words.flush();
    } catch (RuntimeException noAnswer) {
      // The campaign goes on whether or not it can be watched; its end is waited for all the same.
      LOG.debug("the campaign did not answer", noAnswer);
    }
  }

  private void tell(List<CampaignRun> over, int runs) {
    while (told < over.size()) {
      CampaignText.progress(over.get(told), runs).forEach(words::println);
      told++;
    }
    words.flush();
  }

  /** Asks the campaign to stop. */
  void stop() {
    words.println("stopping: the run that goes on is healed and rolled back, none follows ...");
    words.flush();
    campaign.emergencyStop();
  }
}
