package dev.drillmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.drillmaster.audit.Assurance;
import dev.drillmaster.audit.AuditBatch;
import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.audit.AuditEvent;
import dev.drillmaster.audit.NamedId;
import dev.drillmaster.database.LedgerHome;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.RunEvent;
import dev.drillmaster.ledger.Ledger;
import dev.drillmaster.plan.PlanFiles;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import picocli.CommandLine;

/** A real ledger with one run that passed and a newer one that goes on. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportCommandTest {

  private static final DrillReport PASSED = SampleRuns.passed();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private LedgerHome home;

  @BeforeAll
  void makeLedger() throws Exception {
    home = LedgerHome.withPrograms("home");
    home.database().start();
    try (HikariDataSource writer = home.database().writer()) {
      Ledger ledger = new Ledger(writer);
      ledger.record(batch(PASSED.runId(), started(PASSED.run(), PASSED.startedAt())));
      ledger.record(batch(PASSED.runId(), new RunEvent.RunEnded(PASSED)));
      ledger.record(
          batch(new UUID(4, 2), started("drill-that-goes-on", PASSED.startedAt().plusSeconds(60))));
    }
  }

  @AfterAll
  void removeHome() throws Exception {
    home.close();
  }

  private static RunEvent.RunStarted started(String run, Instant at) {
    DrillPlan plan = PlanFiles.shipped("postgres-failover");
    return new RunEvent.RunStarted(
        run, plan, "ada", "127.0.0.1:7233", at, at.plusSeconds(300), null);
  }

  private static AuditBatch batch(UUID run, AuditEvent event) {
    return new AuditBatch(
        List.of(
            new AuditEntry(
                NamedId.of(run, event.kind()),
                run,
                run,
                LocalDate.of(2026, 10, 1),
                PASSED.startedAt(),
                "drillmaster",
                Assurance.SYSTEM,
                event)));
  }

  @Test
  void theNewestRunThatIsOverIsWrittenIntoTheHome() throws IOException {
    assertThat(run("report")).isZero();

    Path page = printed();
    assertThat(page).isEqualTo(home.home().reports().resolve(PASSED.run() + ".html"));
    assertThat(page).content().contains("<strong>PASSED</strong>", "step: start-load", "ada");
  }

  @Test
  void aRunIsWrittenWhereverItIsWanted() throws IOException {
    Path wanted = home.home().root().resolve("elsewhere").resolve("a report.html");

    assertThat(run("report", PASSED.run(), "--out", wanted.toString())).isZero();

    assertThat(printed()).isEqualTo(wanted).content().contains(PASSED.run());
    assertThat(run("report", "--out", Objects.requireNonNull(wanted.getParent()).toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("is a directory");
  }

  @Test
  void theJsonIsWhatTheLedgerKeeps() throws IOException {
    assertThat(run("report", PASSED.run(), "--json")).isZero();

    assertThat(Wire.json().readValue(out.toString(), DrillReport.class)).isEqualTo(PASSED);
    assertThat(run("report", "--json", "--open")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aRunThatHasNoReportIsAnErrorThatSaysWhy() {
    assertThat(run("report", "drill-that-goes-on")).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(err.toString()).contains("drill-that-goes-on goes on");

    assertThat(run("report", "<none>")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("no run \"<none>\"; the newest are: ", PASSED.run());
  }

  @Test
  void theIndexHasEveryRunAndWritesTheReportsThatAreMissing() throws IOException {
    Path directory = home.home().root().resolve("all");
    assertThat(run("reports", "--out", directory.toString())).isZero();

    Path index = printed();
    Path report = directory.resolve(PASSED.run() + ".html");
    assertThat(index).isEqualTo(directory.resolve("index.html"));
    assertThat(index)
        .content()
        .contains("href=\"" + report.getFileName() + "\"", "drill-that-goes-on", "going on");
    assertThat(report).content().contains("<strong>PASSED</strong>");

    Files.writeString(report, "kept");
    run("reports", "--out", directory.toString());
    assertThat(report).content().isEqualTo("kept");

    Files.setLastModifiedTime(report, FileTime.from(PASSED.endedAt()));
    run("reports", "--out", directory.toString());
    assertThat(report).content().contains("<strong>PASSED</strong>");
  }

  @Test
  void readingMakesNoHome() {
    Path nowhere = home.home().root().resolve("nowhere");
    for (String command : List.of("report", "reports")) {
      assertThat(execute(command, "--home", nowhere.toString())).isEqualTo(ExitCode.USAGE);
      assertThat(err.toString()).contains("no run was ever made in " + nowhere);
    }
    assertThat(nowhere).doesNotExist();
  }

  private Path printed() {
    return Path.of(URI.create(out.toString().strip()));
  }

  private int run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--home", home.home().root().toString()));
    return execute(all.toArray(String[]::new));
  }

  private int execute(String... words) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = Main.commandLine(Map.of());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return Main.execute(line, words);
  }
}
