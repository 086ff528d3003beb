package dev.drillmaster.ledger;

import static dev.drillmaster.ledger.LedgerRoom.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.campaign.CampaignEvent;
import dev.drillmaster.campaign.CampaignReport;
import dev.drillmaster.campaign.CampaignRun;
import dev.drillmaster.campaign.Wanted;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.RunEvent;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("lab")
class CampaignLedgerTest {

  private static LedgerRoom room;
  private static Ledger ledger;
  private static OpenCampaigns openCampaigns;

  private final LedgerRoom.Run campaign = new LedgerRoom.Run();
  private final String name = "campaign-" + campaign.id;

  @BeforeAll
  static void startLedger() throws IOException, InterruptedException {
    room = LedgerRoom.open();
    ledger = new Ledger(room.writer());
    openCampaigns = new OpenCampaigns(room.writer());
  }

  @AfterAll
  static void stopLedger() throws IOException, InterruptedException {
    room.close();
  }

  @Test
  void aCampaignIsOpenUntilItHasEnded() throws SQLException, IOException {
    ledger.record(campaign.batch(started()));

    OpenCampaign open = open();
    assertThat(open)
        .isEqualTo(
            new OpenCampaign(
                campaign.id,
                campaign.id,
                name,
                LedgerRoom.MONTH,
                NOON,
                List.of(new Wanted("failover", 3)),
                "server:7233"));

    CampaignReport report = openCampaigns.report(open, NOON.plusSeconds(9));
    ledger.record(
        campaign.batch(
            new CampaignEvent.CampaignStopped("emergency stop"),
            new CampaignEvent.CampaignEnded(report)));

    assertThat(openCampaigns.all()).doesNotContain(open);
    assertThat(
            text(
                "select stopped_by || ' ' || outcome || ' ' || expected from ledger.campaign where run_id = ?"))
        .isEqualTo("emergency stop stopped false");
  }

  @Test
  void withoutHistoryItsReportIsMadeOfItsRunsThatAreOver() throws SQLException, IOException {
    ledger.record(campaign.batch(started()));
    run("first", name, true);
    run("of nobody", null, true);
    run("of another", "another", true);
    run("open", name, false);

    CampaignReport report = openCampaigns.report(open(), NOON.plusSeconds(9));

    assertThat(report.runs()).extracting(CampaignRun::run).containsExactly("first");
    assertThat(report.wanted()).isEqualTo(3);
    assertThat(report.done()).isEqualTo(1);
    assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(report.expected()).isFalse();
    assertThat(
            room.text(
                "select string_agg(run, ',' order by run) from compliance.drills where campaign = '"
                    + name
                    + "'"))
        .isEqualTo("first,open");
  }

  private static void run(String run, @Nullable String campaign, boolean over) {
    LedgerRoom.Run rows = new LedgerRoom.Run();
    DrillPlan plan = new DrillPlan("failover", null, null, "lab", null, null, null, null, null);
    ledger.record(
        rows.batch(
            new RunEvent.RunStarted(
                run, plan, "somebody", "server:7233", NOON, NOON.plusSeconds(300), campaign)));
    if (over) {
      ledger.record(rows.batch(new RunEvent.RunEnded(report(run, rows.id))));
    }
  }

  private static DrillReport report(String run, UUID id) {
    return new DrillReport(
        run,
        id,
        "failover",
        Verdict.PASSED,
        Outcome.COMPLETED,
        NOON,
        NOON.plusSeconds(5),
        null,
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null);
  }

  private CampaignEvent started() {
    return new CampaignEvent.CampaignStarted(
        name, List.of(new Wanted("failover", 3)), "somebody", "server:7233", NOON);
  }

  private OpenCampaign open() {
    return openCampaigns.all().stream()
        .filter(one -> one.campaignId().equals(campaign.id))
        .findFirst()
        .orElseThrow();
  }

  private String text(String sql) throws SQLException, IOException {
    return room.text(sql.replace("?", "'" + campaign.id + "'"));
  }
}
