package dev.drillmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.database.LedgerHome;
import dev.drillmaster.database.Program;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import picocli.CommandLine;

@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DbCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private LedgerHome home;

  @BeforeAll
  void makeHome() throws IOException {
    // A name that must be encoded in a URL.
    home = LedgerHome.withPrograms("a home & 100%25 odd?=");
  }

  @AfterAll
  void removeHome() throws Exception {
    home.close();
  }

  @Test
  void theReaderReadsTheViewsAndNothingElse() throws Exception {
    Psql.require();
    String url = url("db", "url", "--home", root());

    assertThat(url).startsWith("postgresql://drillmaster_reader@127.0.0.1:").doesNotContain(" ");
    assertThat(Psql.run(url, "select count(*) from compliance.drills")).isEqualTo(new Psql(0, "0"));
    assertThat(Psql.run(url, "select current_user || ' ' || current_database()"))
        .isEqualTo(new Psql(0, "drillmaster_reader drillmaster"));
    for (String sql :
        List.of(
            "select * from ledger.run",
            "select * from ledger.audit_event",
            "delete from ledger.audit_event",
            "set role drillmaster_writer")) {
      assertThat(Psql.run(url, sql).output()).as(sql).contains("permission denied");
    }
  }

  @Test
  void theWriterIsAskedForByItsName() throws Exception {
    Psql.require();
    String url = url("--home", root(), "db", "url", "--role", "writer");

    assertThat(Psql.run(url, "select count(*) from ledger.run").exitCode()).isZero();
    assertThat(Psql.run(url, "delete from ledger.run").output()).contains("permission denied");
  }

  @Test
  void noPasswordIsShownToAnybody() throws Exception {
    try (LedgerHome fresh = LedgerHome.withPrograms("fresh")) {
      Program program = Program.start(fresh, "db", "url");
      Set<String> shown = new LinkedHashSet<>();
      while (program.process().isAlive()) {
        shown.addAll(commandLines());
      }
      assertThat(program.exitCode()).as(program.errors()).isZero();
      assertThat(program.output().lines()).hasSize(1);
      shown.addAll(commandLines());
      shown.add(program.output());
      shown.add(program.errors());
      shown.add(Files.readString(fresh.home().ledger().resolve("postgres.log")));
      shown.add(Files.readString(fresh.home().ledger().resolve("settings.conf")));

      assertThat(shown).anyMatch(line -> line.contains("initdb"));
      List<String> passwords = passwords(fresh.home().ledger().resolve("passwords"));
      assertThat(passwords).hasSize(3);
      for (String password : passwords) {
        assertThat(shown).noneMatch(line -> line.contains(password));
      }
    }
  }

  @Test
  void aRoleThatIsNotThereIsWrongUsage() {
    assertThat(run("db", "url", "--role", "owner", "--home", root())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("owner").contains("READER");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aHomeThatCannotBeMadeIsTroubleInOneLine() {
    assertThat(run("db", "url", "--home", "/proc/no-such-home")).isEqualTo(ExitCode.TROUBLE);
    assertThat(err.toString().lines()).singleElement().asString().contains("/proc/no-such-home");
    assertThat(out.toString()).isEmpty();
  }

  private String root() {
    return home.home().root().toString();
  }

  private String url(String... words) {
    assertThat(run(words)).as(err.toString()).isZero();
    assertThat(out.toString().lines()).hasSize(1);
    return out.toString().strip();
  }

  private int run(String... words) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = Main.commandLine(Map.of());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(words);
  }

  /** What ps shows to everybody. */
  private static List<String> commandLines() throws IOException {
    List<String> lines = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        lines.add(commandLine(process));
      }
    }
    return lines;
  }

  private static String commandLine(Path process) {
    try {
      byte[] words = Files.readAllBytes(process.resolve("cmdline"));
      return new String(words, StandardCharsets.UTF_8).replace('\0', ' ');
    } catch (IOException ended) {
      return "";
    }
  }

  private static List<String> passwords(Path directory) throws IOException {
    List<String> passwords = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.pgpass")) {
      for (Path file : files) {
        String line = Files.readString(file).strip();
        passwords.add(line.substring(line.lastIndexOf(':') + 1));
      }
    }
    return passwords;
  }
}
