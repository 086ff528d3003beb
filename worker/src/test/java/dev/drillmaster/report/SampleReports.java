package dev.drillmaster.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drillmaster.cli.SampleRuns;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.Timeline;
import dev.drillmaster.ledger.ClosedRun;
import dev.drillmaster.ledger.ClosedRun.OperatorAction;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs as the ledger keeps them. */
final class SampleReports {

  static final Map<String, Long> MARKS =
      Map.ofEntries(
          Map.entry("injecting", 12_300L),
          Map.entry("injected", 12_350L),
          Map.entry("detected", 12_731L),
          Map.entry("fenced", 12_818L),
          Map.entry("promoted", 13_002L),
          Map.entry("redirected", 13_017L),
          Map.entry("validated", 13_232L),
          Map.entry("healed", 13_260L),
          Map.entry("redundancy-restored", 20_423L),
          Map.entry("fail-back-begun", 23_000L),
          Map.entry("fail-back-done", 23_300L));

  private static final String PLAN =
      """
      {"name": "postgres-failover", "title": "The primary dies under load", "hypothesis": "It comes back",
       "system": "lab", "steps": [{"step": "inject", "lease": "10s"}]}""";

  private SampleReports() {}

  /** A report as the ledger keeps it; one operator acted on it. */
  static ClosedRun kept(DrillReport report) {
    return kept(json(report), PLAN, "ada", "emergencyStop");
  }

  static ClosedRun kept(String report, String plan, String requester, String command) {
    DrillReport read = read(report);
    return new ClosedRun(
        read.runId(),
        read.run(),
        requester,
        "127.0.0.1:7233",
        "lab",
        plan,
        "0f".repeat(32),
        report,
        List.of(
            new OperatorAction(
                Instant.parse("2026-10-04T14:02:13Z"), command, "", null, "declared")));
  }

  /** The run that passed, with so much of what its load saw. */
  static DrillReport withTimeline(int slices, Map<String, Long> marks) {
    return withTimeline(SampleRuns.passed(), timeline(slices, marks));
  }

  private static DrillReport withTimeline(DrillReport report, Timeline timeline) {
    ObjectNode tree = Wire.json().valueToTree(report);
    ((ObjectNode) tree.get("measurement")).set("timeline", Wire.json().valueToTree(timeline));
    return read(tree.toString());
  }

  /** Ten attempts in each slice; those from the 123rd on fail for a second. */
  static Timeline timeline(int slices, Map<String, Long> marks) {
    List<Integer> ok = new ArrayList<>();
    List<Integer> failed = new ArrayList<>();
    List<Long> p99 = new ArrayList<>();
    for (int index = 0; index < slices; index++) {
      boolean out = index >= 123 && index < 132;
      ok.add(out ? 0 : 10);
      failed.add(out ? 10 : 0);
      p99.add(out ? 0 : index == 132 ? 84_000L : 2100L + 137L * (index % 7));
    }
    return new Timeline(SampleRuns.passed().startedAt(), 100, ok, failed, p99, marks);
  }

  static String json(Object value) {
    try {
      return Wire.json().writeValueAsString(value);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static DrillReport read(String json) {
    try {
      return Wire.json().readValue(json, DrillReport.class);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
