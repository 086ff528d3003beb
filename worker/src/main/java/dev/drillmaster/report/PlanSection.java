package dev.drillmaster.report;

import static dev.drillmaster.report.Html.tag;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drillmaster.wire.Wire;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** What identifies the run, and its plan word for word. */
final class PlanSection {

  private static final DumpSettings BLOCKS =
      DumpSettings.builder()
          .setDefaultFlowStyle(FlowStyle.BLOCK)
          .setIndent(4)
          .setIndicatorIndent(2)
          .build();

  private PlanSection() {}

  static Html of(RunView run) {
    String server = run.kept().orchestrator();
    return Section.of(
        "Identity and plan",
        Section.facts(
            Section.fact("Run id in the ledger", run.kept().runId().toString()),
            Section.fact("Workflow id in Temporal", run.kept().run()),
            Section.fact("Temporal server", server.isEmpty() ? "not kept" : server),
            Section.fact("SHA-256 of the plan", run.kept().planDigest())),
        tag("details", tag("summary", "The plan as it was run"), tag("pre", yaml(run.plan()))));
  }

  private static String yaml(JsonNode plan) {
    return new Dump(BLOCKS).dumpToString(Wire.json().convertValue(plan, Object.class));
  }
}
