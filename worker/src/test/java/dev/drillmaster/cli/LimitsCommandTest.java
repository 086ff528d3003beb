package dev.drillmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.drillmaster.database.LedgerHome;
import dev.drillmaster.guard.SystemLimits;
import dev.drillmaster.ledger.Ledger;
import dev.drillmaster.ledger.Permits;
import dev.drillmaster.schema.migration.LedgerRole;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import picocli.CommandLine;

@Tag("lab")
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitsCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private LedgerHome home;

  @BeforeAll
  void makeHome() throws IOException {
    home = LedgerHome.withPrograms("home");
  }

  @AfterAll
  void removeHome() throws Exception {
    home.close();
  }

  @Test
  void limitsAreShownChangedWithAReasonAndRecorded() throws Exception {
    assertThat(said(0))
        .isEqualTo(
            "runs at the same time: at most 3\na plan may take: at most 1h\nproduction: not allowed\n");

    assertThat(said(0, "--max-runs", "7", "--max-duration", "30m", "--reason", "a quiet week"))
        .isEqualTo(
            "runs at the same time: at most 7\na plan may take: at most 30m\nproduction: not allowed\n");
    assertThat(said(0, "--production", "true", "--reason", "the board wants it"))
        .contains("at most 7", "at most 30m", "production: allowed");

    try (HikariDataSource writer = home.database().writer()) {
      assertThat(new Permits(new Ledger(writer)).limits())
          .isEqualTo(new SystemLimits(7, Duration.ofMinutes(30), true));
    }
    Psql.require();
    assertThat(
            Psql.run(
                    home.database().url(LedgerRole.READER),
                    "SELECT string_agg(payload->>'reason', '; ' ORDER BY recorded_at)"
                        + " FROM compliance.audit_trail WHERE kind = 'limits-changed'")
                .output())
        .isEqualTo("a quiet week; the board wants it");
  }

  @Test
  void badLimitsAreRefusedWithWhatToDo() {
    assertThat(said(64, "--max-runs", "2")).contains("--reason TEXT is needed");
    assertThat(said(64, "--max-runs", "-1", "--reason", "x"))
        .contains("--max-runs takes a number from 0");
    assertThat(said(64, "--max-duration", "0s", "--reason", "x"))
        .contains("--max-duration must be more than 0");
    assertThat(said(64, "--max-duration", "soon", "--reason", "x")).contains("--max-duration");
    assertThat(said(64, "--production", "perhaps", "--reason", "x")).contains("--production");
  }

  private String said(int exitCode, String... options) {
    CommandLine main =
        Main.commandLine(Map.of()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    String[] words = new String[options.length + 3];
    words[0] = "--home";
    words[1] = home.home().root().toString();
    words[2] = "limits";
    System.arraycopy(options, 0, words, 3, options.length);
    int code = main.execute(words);
    assertThat(code).as(out.toString() + err).isEqualTo(exitCode);
    return out.toString() + err;
  }
}
