package dev.drillmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class RunJsonTest {

  @Test
  void everyPromisedKeyIsThere() throws IOException {
    JsonNode run = Wire.json().readTree(RunJson.of(SampleRuns.tooLate()));

    assertThat(keys(run))
        .contains("run", "plan", "verdict", "outcome", "rto", "rpo", "injections", "findings");
    assertThat(keys(run.get("rto"))).contains("millis", "errorMillis", "objectiveMillis");
    assertThat(keys(run.get("rpo")))
        .contains("transactions", "seconds", "bytes", "objectiveSeconds");
    assertThat(keys(run.get("injections").get(0)))
        .contains(
            "id",
            "faultType",
            "mechanism",
            "target",
            "leaseSeconds",
            "boundSeconds",
            "injectedAt",
            "healedAt",
            "healVerified");
    assertThat(keys(run.get("findings").get(0)))
        .contains("code", "severity", "verdict", "summary", "remedy");
  }

  @Test
  void valuesAreWhatPipelinesCompareWith() throws IOException {
    JsonNode run = Wire.json().readTree(RunJson.of(SampleRuns.passed()));

    assertThat(run.get("verdict").textValue()).isEqualTo("PASSED");
    assertThat(run.get("outcome").textValue()).isEqualTo("completed");
    assertThat(run.get("rto").get("millis").longValue()).isEqualTo(932);
    assertThat(run.get("rpo").get("transactions").longValue()).isEqualTo(3);
    JsonNode injection = run.get("injections").get(0);
    assertThat(injection.get("boundSeconds").doubleValue()).isEqualTo(26);
    assertThat(injection.get("injectedAt").textValue()).isEqualTo("2026-10-04T14:02:12.512Z");
    assertThat(injection.get("healVerified").booleanValue()).isTrue();
    assertThat(run.get("findings")).isEmpty();
  }

  @Test
  void whatWasNotMeasuredIsNullAndNotAbsent() throws IOException {
    JsonNode run = Wire.json().readTree(RunJson.of(SampleRuns.handedOver()));

    assertThat(run.get("rto").isNull()).isTrue();
    assertThat(run.get("rpo").isNull()).isTrue();
    assertThat(run.get("injections").get(1).get("injectedAt").isNull()).isTrue();
  }

  @Test
  void itIsTheReportItself() throws IOException {
    DrillReport report = SampleRuns.stopped();

    assertThat(Wire.json().readValue(RunJson.of(report), DrillReport.class)).isEqualTo(report);
  }

  private static List<String> keys(JsonNode object) {
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }
}
