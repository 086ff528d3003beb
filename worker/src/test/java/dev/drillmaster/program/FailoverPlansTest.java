package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The variants of the failover that ship, each with what it is there to show. */
@Tag("lab")
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailoverPlansTest {

  private final DrilledHome drilled;

  FailoverPlansTest(@TempDir Path directory) throws IOException {
    drilled = new DrilledHome(directory);
  }

  @AfterAll
  void down() throws Exception {
    drilled.close();
  }

  private JsonNode run(String plan) throws Exception {
    DrilledHome.Started program = drilled.start("run", plan, "--json");
    program.end();
    String said = program.said();
    assertThat(said).contains("\n{");
    assertThat(drilled.journal().open()).isEmpty();
    String primary = drilled.pair().primary().orElseThrow();
    assertThat(drilled.pair().streams(drilled.pair().system().other(primary))).isTrue();
    return Wire.json().readTree(said.substring(said.indexOf("\n{") + 1));
  }

  @Test
  void aSynchronousStandbyLosesNothing() throws Exception {
    JsonNode result = run("postgres-failover-sync");

    assertThat(result.path("verdict").asText()).as(result.toString()).isEqualTo("PASSED");
    assertThat(result.path("rpo").path("transactions").asLong()).isZero();
    assertThat(lostBySql(result)).isZero();
    assertThat(synchronousStandbys()).as("what the drill had set").isEmpty();
  }

  @Test
  void whatALaggingStandbyLacksIsLostAndCounted() throws Exception {
    JsonNode result = run("postgres-failover-lag");

    assertThat(result.path("verdict").asText()).as(result.toString()).isEqualTo("PASSED");
    long lost = result.path("rpo").path("transactions").asLong();
    assertThat(lost).isPositive().isEqualTo(lostBySql(result));
    assertThat(result.path("rpo").path("bytes").asLong()).isPositive();
    assertThat(result.path("injections")).hasSize(3);
    assertThat(drilled.pair().proxy().routes()).allMatch(route -> route.rules().isEmpty());
  }

  @Test
  void withoutAFenceThereAreTwoPrimariesAndOneAfterwards() throws Exception {
    JsonNode result = run("postgres-failover-weak");

    assertThat(result.path("verdict").asText()).as(result.toString()).isEqualTo("FAILED");
    assertThat(result.path("outcome").asText()).isEqualTo("completed");
    assertThat(result.path("findings").findValuesAsText("code")).containsOnly("two-primaries");
  }

  private String synchronousStandbys() throws Exception {
    String primary = drilled.pair().primary().orElseThrow();
    try (Connection connection =
            drilled.pair().server(primary).connect("postgres", Duration.ofSeconds(10));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW synchronous_standby_names")) {
      row.next();
      return row.getString(1);
    }
  }

  /** Counted by PostgreSQL, from the lines of the journal: none of the instrument's own code. */
  private long lostBySql(JsonNode result) throws Exception {
    Path journal =
        drilled
            .home()
            .lab()
            .resolve("load")
            .resolve(result.path("runId").asText())
            .resolve("load.journal");
    String primary = drilled.pair().primary().orElseThrow();
    try (Connection connection =
            drilled.pair().server(primary).connect("ledger", Duration.ofSeconds(30));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMPORARY TABLE acknowledged (id uuid PRIMARY KEY)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO acknowledged VALUES (?)")) {
        for (UUID id : acknowledged(Files.readAllLines(journal))) {
          insert.setObject(1, id);
          insert.addBatch();
        }
        insert.executeBatch();
      }
      try (ResultSet row =
          statement.executeQuery(
              "SELECT count(*) FROM acknowledged a"
                  + " WHERE NOT EXISTS (SELECT FROM transfer t WHERE t.id = a.id)")) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Attempts are lines A, sequence, id; outcomes are lines O, sequence, instant, result. */
  private static List<UUID> acknowledged(List<String> lines) {
    Map<String, UUID> attempts = new HashMap<>();
    return lines.stream()
        .map(line -> line.split("\t", -1))
        .peek(
            field -> {
              if (field[0].equals("A")) {
                attempts.put(field[1], UUID.fromString(field[2]));
              }
            })
        .filter(field -> field[0].equals("O") && field[3].equals("OK"))
        .map(field -> attempts.getOrDefault(field[1], new UUID(0, 0)))
        .toList();
  }
}
