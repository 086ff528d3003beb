package dev.drillmaster.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.audit.Assurance;
import dev.drillmaster.audit.AuditBatch;
import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.audit.AuditEvent;
import dev.drillmaster.audit.NamedId;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.FenceStep;
import dev.drillmaster.drill.RunEvent;
import dev.drillmaster.drill.SettleCompensation;
import dev.drillmaster.drill.StepResult;
import dev.drillmaster.drill.StepStatus;
import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.HoldReport;
import dev.drillmaster.injection.Injected;
import dev.drillmaster.injection.InjectionEvent;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import dev.drillmaster.postgres.DataChecksums;
import dev.drillmaster.postgres.Passwords;
import dev.drillmaster.postgres.PostgresBinaries;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.postgres.PostgresSettings;
import dev.drillmaster.schema.migration.LedgerRole;
import dev.drillmaster.schema.migration.LedgerSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

@Tag("lab")
class LedgerTest {

  private static final LocalDate MONTH = LocalDate.of(2026, 5, 1);
  private static final Instant NOON = Instant.parse("2026-05-17T12:00:00Z");

  private static final Duration BOUND = Duration.ofSeconds(20);

  private static Path directory;
  private static PostgresServer server;
  private static Ledger ledger;

  private final UUID run = UUID.randomUUID();
  private int noted;

  @BeforeAll
  static void startLedger() throws IOException, InterruptedException {
    Path programs =
        PostgresBinaries.install(Path.of("target", "postgres-tests", "programs").toAbsolutePath());
    // Not JUnit's directory: it is made for its owner only, and the server may run under another
    // account.
    directory = Files.createTempDirectory("ledger-test");
    Passwords passwords = new Passwords(directory.resolve("passwords"));
    server = PostgresServer.of(programs, directory.resolve("ledger"), passwords);
    server.initialise(PostgresSettings.small("ledger", freePort()), DataChecksums.ON);
    server.start(BOUND);
    server.awaitReady(BOUND);
    LedgerSchema.migrate(source(Passwords.SUPERUSER));
    String writer = LedgerRole.WRITER.roleName();
    passwords.create(writer);
    LedgerSchema.grantLogin(
        source(Passwords.SUPERUSER), LedgerRole.WRITER, passwords.read(writer).toCharArray());
    ledger = new Ledger(source(writer));
  }

  @AfterAll
  static void stopLedger() throws IOException, InterruptedException {
    server.kill(BOUND);
  }

  @Test
  void aRunIsKeptWithItsStepsInjectionsCompensationsAndFindings() throws SQLException, IOException {
    ledger.record(wholeRun());

    assertThat(text("select plan_name || ' ' || requester from ledger.run where run_id = ?"))
        .isEqualTo("failover somebody");
    assertThat(text("select state || ' ' || healed_by from ledger.injection where run_id = ?"))
        .isEqualTo("healed workflow");
    assertThat(text("select status from ledger.step where run_id = ?")).isEqualTo("met");
    assertThat(text("select state from ledger.compensation where run_id = ?"))
        .isEqualTo("registered");
    assertThat(text("select verified::text from compliance.faults where run_id = ?"))
        .isEqualTo("true");
  }

  @Test
  void aRetriedWriteChangesNothing() throws SQLException, IOException {
    AuditBatch batch = wholeRun();
    ledger.record(batch);
    String before =
        text(
            "select string_agg(id::text, ',' order by recorded_at) from ledger.audit_event where run_id = ?");

    ledger.record(batch);

    assertThat(
            text(
                "select string_agg(id::text, ',' order by recorded_at) from ledger.audit_event where run_id = ?"))
        .isEqualTo(before);
    assertThat(text("select count(*)::text from ledger.step where run_id = ?")).isEqualTo("1");
  }

  @Test
  void aBatchIsWrittenWhollyOrNotAtAll() throws SQLException, IOException {
    AuditEntry started = entry(started());
    // A step of a run that the ledger does not know cannot be kept.
    UUID unknown = UUID.randomUUID();
    AuditEntry orphan =
        new AuditEntry(
            UUID.randomUUID(),
            unknown,
            unknown,
            MONTH,
            NOON,
            "drillmaster",
            Assurance.SYSTEM,
            new RunEvent.StepStarted("1", "fence", "fence", Duration.ofSeconds(1)));

    assertThatThrownBy(() -> ledger.record(new AuditBatch(List.of(started, orphan))))
        .hasMessageContaining("step");

    assertThat(text("select count(*)::text from ledger.audit_event where run_id = ?"))
        .isEqualTo("0");
  }

  @Test
  void theStoredBytesAreCanonicalAndHashToTheLeaf() throws SQLException, IOException {
    ledger.record(wholeRun());

    assertThat(
            text(
                "select convert_from(canonical, 'UTF8') from ledger.audit_event where run_id = ? and kind = 'fault-healed'"))
        .startsWith("{\"actor\":\"drillmaster\",\"assurance\":\"system\",\"event\":{\"heal\":{")
        .doesNotContain(": ");
    assertThat(
            text(
                "select bool_and(leaf_hash = sha256('\\x00'::bytea || canonical))::text from ledger.audit_event where run_id = ?"))
        .isEqualTo("true");
  }

  private AuditBatch wholeRun() {
    InjectionSpec spec =
        new InjectionSpec(
            InjectionSpec.idOf(run, "1", "db1", 1),
            run,
            "1",
            new ProcessTreeFailure(ProcessTreeFailure.Mode.FREEZE),
            "db1",
            "lab",
            Duration.ofSeconds(10),
            Duration.ofSeconds(60));
    HealReport heal =
        new HealReport(
            NOON,
            NOON.plusMillis(40),
            "workflow",
            true,
            false,
            new Inspection(Inspection.State.ABSENT, "all run"));
    List<AuditEntry> entries = new ArrayList<>();
    entries.add(entry(started()));
    entries.add(entry(new RunEvent.StepStarted("1", "fence", "fence", Duration.ofSeconds(10))));
    entries.add(entry(new RunEvent.CompensationRegistered(1, "1", new SettleCompensation())));
    entries.add(entry(new InjectionEvent.FaultIntended(spec, "3 processes run")));
    entries.add(
        entry(
            new InjectionEvent.FaultInjected(
                spec.id(),
                new Injected(NOON, new Inspection(Inspection.State.PRESENT, "frozen")))));
    entries.add(
        entry(
            new InjectionEvent.FaultHealed(
                spec.id(), heal, new HoldReport(7, Duration.ofMillis(900), false, "healed"))));
    entries.add(entry(new RunEvent.StepEnded("1", StepStatus.MET, "done", StepResult.of("done"))));
    return new AuditBatch(entries);
  }

  private static AuditEvent started() {
    DrillPlan plan =
        new DrillPlan(
            "failover",
            null,
            null,
            "lab",
            null,
            null,
            null,
            List.of(new FenceStep(null, null, null, null)));
    return new RunEvent.RunStarted(
        "failover-1", plan, "somebody", "test", NOON, NOON.plusSeconds(300));
  }

  private AuditEntry entry(AuditEvent event) {
    return new AuditEntry(
        NamedId.of(run, "audit/" + noted++),
        run,
        run,
        MONTH,
        NOON,
        "drillmaster",
        Assurance.SYSTEM,
        event);
  }

  private String text(String sql) throws SQLException, IOException {
    try (Connection connection = server.connect("postgres", Duration.ofSeconds(5));
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql.replace("?", "'" + run + "'"))) {
      return result.next() ? result.getString(1) : "";
    }
  }

  private static PGSimpleDataSource source(String role) throws IOException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(server.jdbcUrl("postgres"));
    source.setUser(role);
    source.setPassword(server.passwords().read(role));
    return source;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
