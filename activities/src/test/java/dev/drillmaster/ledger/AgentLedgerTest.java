package dev.drillmaster.ledger;

import static dev.drillmaster.ledger.LedgerRoom.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.agent.AgentEvent;
import dev.drillmaster.agent.AgentIdentity;
import dev.drillmaster.agent.AgentLook;
import dev.drillmaster.agent.AgentStart;
import dev.drillmaster.agent.HealedInjection;
import dev.drillmaster.agent.RegisteredAgents;
import dev.drillmaster.audit.AuditBatch;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.RunEvent;
import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.InjectionEvent;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("lab")
class AgentLedgerTest {

  private static LedgerRoom room;
  private static Ledger ledger;
  private static AgentBooks books;

  @BeforeAll
  static void startLedger() throws IOException, InterruptedException {
    room = LedgerRoom.open();
    ledger = new Ledger(room.writer());
    books = new AgentBooks(room.writer());
  }

  @AfterAll
  static void stopLedger() throws IOException, InterruptedException {
    room.close();
  }

  @Test
  void anAgentIsKeptAsItWasWhenItWasLastSeen() throws Exception {
    LedgerRoom.Run first = new LedgerRoom.Run();
    LedgerRoom.Run second = new LedgerRoom.Run();
    AgentLook before = look("db-7", "10:1", 1);
    AgentLook after = look("db-7", "11:1", 0);

    ledger.record(first.batch(new AgentEvent.AgentStarted(before)));
    ledger.record(
        new AuditBatch(
            List.of(second.entry(new AgentEvent.AgentSeen(after), NOON.plusSeconds(5)))));

    assertThat(books.registered().agents())
        .containsExactly(new RegisteredAgents.Line(after, NOON, NOON.plusSeconds(5), null));
    assertThat(room.text("SELECT process FROM compliance.agents WHERE host = 'db-7'"))
        .isEqualTo("11:1");
  }

  @Test
  void whatTheLedgerHoldsOpenIsClosedByWhatAnAgentTellsOfItsOwnHost() throws Exception {
    LedgerRoom.Run run = new LedgerRoom.Run();
    InjectionSpec ours = spec(run.id, "one", "1");
    InjectionSpec another = spec(run.id, "two", "2");
    ledger.record(run.batch(started(run), intended(ours), intended(another)));
    AgentStart start =
        new AgentStart(
            look("one", "10:1", 0),
            List.of(healed(ours.id()), healed(another.id()), healed(UUID.randomUUID())));

    books.closeHealed(start);
    books.closeHealed(start);

    assertThat(state(ours)).isEqualTo("healed by watchdog");
    assertThat(state(another)).isEqualTo("open");
    assertThat(
            room.text(
                "SELECT count(*) FROM ledger.audit_event WHERE kind = 'fault-healed' AND run_id = '"
                    + run.id
                    + "' AND actor = 'agent one'"))
        .isEqualTo("1");
  }

  private static String state(InjectionSpec injection) throws Exception {
    return room.text(
        "SELECT coalesce(state || ' by ' || healed_by, 'open') FROM ledger.injection WHERE"
            + " injection_id = '"
            + injection.id()
            + "'");
  }

  private static AgentLook look(String host, String process, int open) {
    return new AgentLook(
        new AgentIdentity(host, process, new UUID(0, 7), 1, "everything"), open, null);
  }

  private static HealedInjection healed(UUID id) {
    Inspection gone = new Inspection(Inspection.State.ABSENT, "all run");
    return new HealedInjection(id, new HealReport(NOON, NOON, "watchdog", true, false, gone));
  }

  private static InjectionSpec spec(UUID runId, String host, String path) {
    return new InjectionSpec(
        UUID.randomUUID(),
        runId,
        path,
        new ProcessTreeFailure(ProcessTreeFailure.Mode.FREEZE),
        "payments",
        host,
        Duration.ofSeconds(3),
        Duration.ofMinutes(1));
  }

  private static InjectionEvent intended(InjectionSpec spec) {
    return new InjectionEvent.FaultIntended(spec, "3 processes run");
  }

  private static RunEvent started(LedgerRoom.Run run) {
    return new RunEvent.RunStarted(
        "run-" + run.id, DrillPlan.EMPTY, "ada", "server:7233", NOON, NOON.plusSeconds(300), null);
  }
}
