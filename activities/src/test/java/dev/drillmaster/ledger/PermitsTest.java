package dev.drillmaster.ledger;

import static dev.drillmaster.ledger.LedgerRoom.MONTH;
import static dev.drillmaster.ledger.LedgerRoom.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.drillmaster.audit.Assurance;
import dev.drillmaster.audit.AuditBatch;
import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.audit.AuditEvent;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.RunEvent;
import dev.drillmaster.guard.Admission;
import dev.drillmaster.guard.Admission.Decision;
import dev.drillmaster.guard.AdmissionRequest;
import dev.drillmaster.guard.GuardEvent;
import dev.drillmaster.guard.Refusal;
import dev.drillmaster.guard.SystemLimits;
import dev.drillmaster.stop.StopEvent;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("lab")
class PermitsTest {

  private static final int CLIENTS = 8;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final SystemLimits AS_MADE = new SystemLimits(3, HOUR, false);

  private static LedgerRoom room;
  private static HikariDataSource pool;
  private static Ledger ledger;
  private static Permits permits;

  @BeforeAll
  static void startLedger() throws IOException, InterruptedException {
    room = LedgerRoom.open();
    pool = new HikariDataSource();
    pool.setDataSource(room.writer());
    pool.setMaximumPoolSize(CLIENTS);
    ledger = new Ledger(pool);
    permits = new Permits(ledger);
  }

  @AfterAll
  static void stopLedger() throws IOException, InterruptedException {
    pool.close();
    room.close();
  }

  @BeforeEach
  void nothingGoesOn() {
    new OpenRuns(pool).all().forEach(open -> end(open.runId(), open.workflowId()));
    command(new StopEvent.AllResumed("a test begins"));
    command(new GuardEvent.LimitsChanged(AS_MADE, "a test begins"));
  }

  /** A run that asks. */
  private static final class Asking {

    final LedgerRoom.Run run = new LedgerRoom.Run();
    final String name = "run-" + run.id;
    private final List<String> targets;
    private final Duration maxWait;
    private final Duration lasting;

    Asking(Duration maxWait, Duration lasting, String... targets) {
      this.targets = List.of(targets);
      this.maxWait = maxWait;
      this.lasting = lasting;
      begin();
    }

    private void begin() {
      DrillPlan plan = new DrillPlan("held", null, null, "lab", null, null, null, List.of(), null);
      ledger.record(
          run.batch(
              new RunEvent.RunStarted(
                  name, plan, "ada", "test", NOON, NOON.plusSeconds(300), null)));
    }

    Admission ask() {
      return ask(run.id);
    }

    Admission ask(UUID execution) {
      return ask(execution, Duration.ofMinutes(5), false);
    }

    Admission ask(UUID execution, Duration maxDuration, boolean production) {
      return permits.admit(
          new AdmissionRequest(
              run.id, execution, MONTH, name, targets, production, maxDuration, lasting, maxWait));
    }

    /** Asks until it is told yes or no, for at most 60 s. */
    Admission await() {
      long latest = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      Admission answer = ask();
      while (answer.decision() == Decision.WAITING && System.nanoTime() < latest) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        answer = ask();
      }
      return answer;
    }

    void end() {
      PermitsTest.end(run.id, name);
    }

    String column(String column) throws SQLException, IOException {
      return room.text(
          "select (" + column + ")::text from ledger.permit where run_id = '" + run.id + "'");
    }

    String events() throws SQLException, IOException {
      return room.text(
          "select string_agg(kind, ' ' order by recorded_at) from ledger.audit_event"
              + " where kind like 'permit-%' and run_id = '"
              + run.id
              + "'");
    }
  }

  private static Asking at(String... targets) {
    return new Asking(Duration.ZERO, HOUR, targets);
  }

  private static Asking waiting(String... targets) {
    return new Asking(Duration.ofMinutes(5), HOUR, targets);
  }

  private static void end(UUID runId, String name) {
    DrillReport report =
        new DrillReport(
            name,
            runId,
            "held",
            Verdict.INCONCLUSIVE,
            Outcome.STOPPED,
            NOON,
            NOON.plusSeconds(1),
            null,
            null,
            null,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            null);
    // As whoever finds out that the run is over, not as the run.
    LedgerRoom.Run books = new LedgerRoom.Run();
    ledger.record(
        new AuditBatch(
            List.of(
                new AuditEntry(
                    books.id,
                    runId,
                    books.id,
                    MONTH,
                    NOON.plusSeconds(1),
                    "heal-command",
                    Assurance.SYSTEM,
                    new RunEvent.RunEnded(report)))));
  }

  private static void command(AuditEvent event) {
    ledger.record(new LedgerRoom.Run().batch(event));
  }

  private static Refusal.Kind refusal(Admission answer) {
    assertThat(answer.decision()).isEqualTo(Decision.REFUSED);
    return answer.obstacle().kind();
  }

  @Test
  void aRunIsAdmittedUntilItsLatestEndAndGivesThePermitBackWhenItEnds()
      throws SQLException, IOException {
    Asking run = at("a");

    Admission answer = run.ask();

    assertThat(answer.decision()).isEqualTo(Decision.GRANTED);
    assertThat(run.column("state")).isEqualTo("granted");
    assertThat(run.column("latest_end - granted_at")).isEqualTo("01:00:00");
    assertThat(run.column("targets")).isEqualTo("{a}");
    run.end();
    assertThat(run.column("state")).isEqualTo("released");
    assertThat(run.events()).isEqualTo("permit-granted");
  }

  @Test
  void whoAsksAgainHasOnePermit() throws SQLException, IOException {
    Asking run = at("a");

    Admission first = run.ask();

    assertThat(run.ask()).isEqualTo(first);
    assertThat(run.events()).isEqualTo("permit-granted");
  }

  @Test
  void aRunThatWasResetKeepsItsPermitUntilANewLatestEnd() throws SQLException, IOException {
    Asking run = at("a");
    Instant before = Objects.requireNonNull(run.ask().until());

    Admission after = run.ask(UUID.randomUUID());

    assertThat(after.decision()).isEqualTo(Decision.GRANTED);
    assertThat(after.until()).isAfterOrEqualTo(before);
    assertThat(refusal(at("a").ask())).isEqualTo(Refusal.Kind.TARGET_BUSY);
    assertThat(run.events()).isEqualTo("permit-granted permit-granted");
  }

  @Test
  void aRunWhoseBooksWereClosedBeforeItWasAdmittedIsRefused() {
    Asking holds = at("a");
    holds.ask();
    Asking late = waiting("a");
    assertThat(late.ask().decision()).isEqualTo(Decision.WAITING);

    late.end();
    holds.end();

    assertThat(refusal(late.ask())).isEqualTo(Refusal.Kind.OVER);
  }

  @Test
  void aRefusalSaysWhatAndWhyAndIsKept() throws SQLException, IOException {
    Asking first = at("lab");
    first.ask();
    Asking second = at("lab/db1");

    Refusal why = second.ask().obstacle();

    assertThat(why.sentence())
        .isEqualTo("lab/db1 is taken by run " + first.name + ", which came first");
    assertThat(
            room.text(
                "select plan || ' ' || requester || ' ' || refused_for || ': ' || reason"
                    + " from compliance.refusals where run_id = '"
                    + second.run.id
                    + "'"))
        .isEqualTo("held ada target-busy: " + why.sentence());
    first.end();
    assertThat(second.ask().obstacle()).isEqualTo(why);
    assertThat(second.events()).isEqualTo("permit-refused");
  }

  @Test
  void noMoreThanTheLimitWhichSomebodyMayChange() throws SQLException, IOException {
    at("a").ask();
    at("b").ask();
    at("c").ask();
    assertThat(refusal(at("d").ask())).isEqualTo(Refusal.Kind.CONCURRENCY);

    command(new GuardEvent.LimitsChanged(new SystemLimits(4, HOUR, true), "four hosts"));

    assertThat(at("d").ask().decision()).isEqualTo(Decision.GRANTED);
    assertThat(permits.limits()).isEqualTo(new SystemLimits(4, HOUR, true));
    assertThat(room.text("select changed_by || ': ' || reason from ledger.system_limit"))
        .isEqualTo("drillmaster: four hosts");
  }

  @Test
  void whatMayNeverRunIsRefusedThoughItWouldWait() {
    UUID execution = UUID.randomUUID();

    assertThat(refusal(waiting("a").ask(execution, Duration.ofMinutes(61), false)))
        .isEqualTo(Refusal.Kind.MAX_DURATION);
    assertThat(refusal(waiting("a").ask(execution, Duration.ofMinutes(1), true)))
        .isEqualTo(Refusal.Kind.PRODUCTION);
  }

  @Test
  void aStopRefusesEverybodyUntilSomebodyResumes() throws SQLException, IOException {
    Asking waits = waiting("a");
    at("a").ask();
    waits.ask();
    command(new StopEvent.AllStopped(NOON, "users complain", List.of()));
    command(new StopEvent.AllStopped(NOON.plusSeconds(1), "they still do", List.of()));

    assertThat(waits.ask().obstacle())
        .isEqualTo(
            new Refusal(
                Refusal.Kind.GLOBAL_STOP,
                "everything was stopped by drillmaster at 2026-05-17T12:00:01Z: they still do"));
    assertThat(refusal(waiting("b").ask())).isEqualTo(Refusal.Kind.GLOBAL_STOP);

    command(new StopEvent.AllResumed("they are content"));

    assertThat(at("b").ask().decision()).isEqualTo(Decision.GRANTED);
    assertThat(permits.stop()).isEmpty();
    assertThat(
            room.text(
                "select count(*)::text from compliance.global_stops"
                    + " where not in_force and resume_reason = 'they are content'"))
        .isEqualTo("2");
  }

  @Test
  void whoWaitsIsServedInTheOrderOfAsking() throws SQLException, IOException {
    Asking holds = at("a");
    holds.ask();
    at("b").ask();
    at("c").ask();
    Asking first = waiting("d");
    Asking second = waiting("e");
    assertThat(first.ask().decision()).isEqualTo(Decision.WAITING);
    assertThat(second.ask().decision()).isEqualTo(Decision.WAITING);
    holds.end();

    assertThat(refusal(at("f").ask())).isEqualTo(Refusal.Kind.CONCURRENCY);
    assertThat(second.ask().decision()).isEqualTo(Decision.WAITING);
    assertThat(first.ask().decision()).isEqualTo(Decision.GRANTED);
    assertThat(first.events()).isEqualTo("permit-awaited permit-granted");
    assertThat(
            room.text(
                "select (waited_seconds > 0)::text from compliance.permits where run_id = '"
                    + first.run.id
                    + "'"))
        .isEqualTo("true");
  }

  @Test
  void whoWaitedTooLongIsRefused() {
    at("a").ask();
    Asking waits = new Asking(Duration.ofMillis(200), HOUR, "a");
    assertThat(waits.ask().decision()).isEqualTo(Decision.WAITING);

    assertThat(refusal(waits.await())).isEqualTo(Refusal.Kind.TARGET_BUSY);
  }

  @Test
  void nobodyIsAdmittedBeforeTheLatestEndOfAnOwnerThatDied() throws SQLException, IOException {
    Asking dead = new Asking(Duration.ZERO, Duration.ofMillis(1500), "a");
    Instant latestEnd = Objects.requireNonNull(dead.ask().until());
    Asking next = waiting("a");

    assertThat(next.await().decision()).isEqualTo(Decision.GRANTED);

    assertThat(
            Instant.parse(
                next.column(
                    "to_char(granted_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')")))
        .isBetween(latestEnd, latestEnd.plusSeconds(2));
  }

  @Test
  void whoeverClosesTheBooksOfADeadOwnerFreesItsTargets() {
    Asking dead = at("a");
    dead.ask();
    Asking next = waiting("a");
    assertThat(next.ask().decision()).isEqualTo(Decision.WAITING);

    dead.end();

    assertThat(next.ask().decision()).isEqualTo(Decision.GRANTED);
  }

  @Test
  void aWaiterThatDiedIsInTheWayOnlyUntilItsTimeIsOver() {
    Asking holds = at("a");
    holds.ask();
    Asking dead = new Asking(Duration.ofMillis(500), HOUR, "a");
    assertThat(dead.ask().decision()).isEqualTo(Decision.WAITING);
    holds.end();

    assertThat(refusal(at("a").ask())).isEqualTo(Refusal.Kind.TARGET_BUSY);
    assertThat(waiting("a").await().decision()).isEqualTo(Decision.GRANTED);
  }

  /** 200 admissions by 8 clients, each for one or two of four targets. */
  @Test
  void neverMoreThanThreeNeverTwoOnOneTargetFirstComeFirstServed() throws Exception {
    List<Asking> runs = new ArrayList<>();
    for (int number = 0; number < 200; number++) {
      String one = "t" + number % 4;
      Duration maxWait = number % 5 == 4 ? Duration.ZERO : Duration.ofMinutes(2);
      runs.add(
          number % 3 == 0
              ? new Asking(maxWait, HOUR, one, "t" + (number / 3) % 4 + "/part")
              : new Asking(maxWait, HOUR, one));
    }
    AtomicInteger next = new AtomicInteger();
    Held held = new Held();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    List<Future<?>> working = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      working.add(clients.submit(() -> work(runs, next, held)));
    }
    for (Future<?> one : working) {
      one.get(120, TimeUnit.SECONDS);
    }
    clients.shutdown();

    assertThat(held.worst).isEqualTo(3);
    assertThat(held.wrong).isEmpty();
    assertThat(held.granted + held.refused).isEqualTo(200);
    assertThat(held.granted).isGreaterThanOrEqualTo(160);
    assertThat(held.refused).isPositive();
    assertThat(mostAtOnce(runs)).isEqualTo("3");
    assertThat(overtaken(runs)).isEqualTo("0");
  }

  private static void work(List<Asking> runs, AtomicInteger next, Held held) {
    int number = next.getAndIncrement();
    while (number < runs.size()) {
      Asking run = runs.get(number);
      if (run.await().decision() == Decision.GRANTED) {
        held.begin(run);
        // Longer than an admission takes, so that others meet it.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
        held.end(run);
      } else {
        held.refuse();
      }
      run.end();
      number = next.getAndIncrement();
    }
  }

  /** What clients see of each other. */
  private static final class Held {
    final List<String> wrong = new ArrayList<>();
    private final Set<Asking> now = new HashSet<>();
    int worst;
    int granted;
    int refused;

    synchronized void begin(Asking run) {
      for (Asking other : now) {
        if (run.targets.stream().anyMatch(target -> overlaps(target, other))) {
          wrong.add(run.targets + " beside " + other.targets);
        }
      }
      now.add(run);
      granted++;
      worst = Math.max(worst, now.size());
    }

    private static boolean overlaps(String target, Asking other) {
      return other.targets.stream()
          .anyMatch(
              theirs ->
                  theirs.equals(target)
                      || theirs.equals(target + "/part")
                      || target.equals(theirs + "/part"));
    }

    synchronized void end(Asking run) {
      now.remove(run);
    }

    synchronized void refuse() {
      refused++;
    }
  }

  /** From the audit trail alone. */
  private static final String GRANTS =
      """
      with mine as (
        select p.*, g.recorded_at as began, e.recorded_at as ended, coalesce(w.recorded_at, g.recorded_at) as came
        from ledger.permit p
        join ledger.audit_event g on g.run_id = p.run_id and g.kind = 'permit-granted'
        join ledger.audit_event e on e.run_id = p.run_id and e.kind = 'run-ended'
        left join ledger.audit_event w on w.run_id = p.run_id and w.kind = 'permit-awaited'
        where p.run_id in (%s))
      """;

  private static String mostAtOnce(List<Asking> runs) throws SQLException, IOException {
    return room.text(
        GRANTS.formatted(ids(runs))
            + "select max((select count(*) from mine o where o.began <= m.began and m.began < o.ended))::text"
            + " from mine m");
  }

  /** How often one that came later began before one that waited for the same target. */
  private static String overtaken(List<Asking> runs) throws SQLException, IOException {
    return room.text(
        GRANTS.formatted(ids(runs))
            + "select count(*)::text from mine a join mine b on a.ticket < b.ticket and a.targets && b.targets"
            + " where b.began < a.began");
  }

  private static String ids(List<Asking> runs) {
    return String.join(",", runs.stream().map(run -> "'" + run.run.id + "'").toList());
  }
}
