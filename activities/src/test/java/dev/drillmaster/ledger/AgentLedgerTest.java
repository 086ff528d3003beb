package dev.drillmaster.ledger;

import static dev.drillmaster.ledger.LedgerRoom.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.agent.AgentEvent;
import dev.drillmaster.agent.AgentIdentity;
import dev.drillmaster.agent.AgentLook;
import dev.drillmaster.agent.HostAccounts;
import dev.drillmaster.agent.InjectionAccount;
import dev.drillmaster.agent.RegisteredAgents;
import dev.drillmaster.audit.AuditBatch;
import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.RunEvent;
import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.Injected;
import dev.drillmaster.injection.InjectionEvent;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  void whatTheLedgerHasLostIsWrittenFromTheJournalWithAFinding() throws Exception {
    LedgerRoom.Run run = new LedgerRoom.Run();
    InjectionSpec known = spec(run.id, "one", "1");
    InjectionSpec over = spec(run.id, "one", "2");
    InjectionSpec inForce = spec(run.id, "one", "3");
    ledger.record(run.batch(started(run), intended(known)));
    HostAccounts accounts =
        new HostAccounts("one", List.of(healed(known), healed(over), injected(inForce)));
    assertThat(books.unknown(List.of(known.id(), over.id(), inForce.id())))
        .containsExactly(over.id(), inForce.id());

    assertThat(books.reconcile(accounts)).hasSize(2).allMatch(line -> line.contains("had lost"));
    assertThat(books.reconcile(accounts)).isEmpty();

    // Its run goes on or is ended by somebody: they ask the host.
    assertThat(state(known)).isEqualTo("intended");
    assertThat(state(over)).isEqualTo("healed by watchdog");
    assertThat(state(inForce)).isEqualTo("injected");
    assertThat(
            room.text(
                "SELECT string_agg(kind || ' by ' || actor, ', ' ORDER BY recorded_at)"
                    + " FROM compliance.audit_trail WHERE actor = 'journal of one' AND run_id = '"
                    + run.id
                    + "'"))
        .isEqualTo(
            Stream.of(
                    "fault-intended",
                    "fault-injected",
                    "fault-healed",
                    "finding-raised",
                    "fault-intended",
                    "fault-injected",
                    "finding-raised")
                .map(kind -> kind + " by journal of one")
                .collect(Collectors.joining(", ")));
    assertThat(
            room.text(
                "SELECT string_agg(step || ' ' || severity, ', ' ORDER BY step)"
                    + " FROM compliance.findings WHERE code = 'ledger-behind' AND run_id = '"
                    + run.id
                    + "'"))
        .isEqualTo("2 high, 3 high");
  }

  @Test
  void anInjectionOfARunThatWasLostTooIsAnEventOfTheAuditTrail() throws Exception {
    InjectionSpec stray = spec(UUID.randomUUID(), "one", "1");
    HostAccounts inForce = new HostAccounts("one", List.of(injected(stray)));
    HostAccounts over = new HostAccounts("one", List.of(healed(stray)));

    assertThat(books.reconcile(inForce)).singleElement().asString().contains("nor its run");
    assertThat(books.unknown(List.of(stray.id()))).containsExactly(stray.id());
    assertThat(books.reconcile(over)).hasSize(1);

    assertThat(books.unknown(List.of(stray.id()))).isEmpty();
    assertThat(
            room.text(
                "SELECT string_agg(payload #>> '{heal,by}', ', ')"
                    + " || ' of ' || count(*) FROM compliance.audit_trail"
                    + " WHERE kind = 'fault-unknown' AND run_id = '"
                    + stray.runId()
                    + "'"))
        .isEqualTo("watchdog of 2");
  }

  @Test
  void hostsAreThoseOfAgentsAndOfTheInjectionsOfADay() throws Exception {
    LedgerRoom.Run run = new LedgerRoom.Run();
    ledger.record(
        run.batch(
            new AgentEvent.AgentStarted(look("with-agent", "1:1", 0)),
            started(run),
            intended(spec(run.id, "long-ago", "1"))));
    AuditEntry now = run.entry(intended(spec(run.id, "just-now", "2")), Instant.now());
    ledger.record(new AuditBatch(List.of(now)));

    assertThat(books.hosts()).contains("just-now", "with-agent").doesNotContain("long-ago");
  }

  private static String state(InjectionSpec injection) throws Exception {
    return room.text(
        "SELECT concat_ws(' by ', state, healed_by) FROM ledger.injection WHERE injection_id = '"
            + injection.id()
            + "'");
  }

  private static AgentLook look(String host, String process, int open) {
    return new AgentLook(
        new AgentIdentity(host, process, new UUID(0, 7), 1, "everything"), open, null);
  }

  private static InjectionAccount healed(InjectionSpec spec) {
    Inspection gone = new Inspection(Inspection.State.ABSENT, "all run");
    HealReport heal = new HealReport(NOON, NOON.plusSeconds(9), "watchdog", true, false, gone);
    return new InjectionAccount(spec, NOON, injected(spec).injected(), heal);
  }

  private static InjectionAccount injected(InjectionSpec spec) {
    Inspection seen = new Inspection(Inspection.State.PRESENT, "none runs");
    return new InjectionAccount(spec, NOON, new Injected(NOON.plusSeconds(1), seen), null);
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
