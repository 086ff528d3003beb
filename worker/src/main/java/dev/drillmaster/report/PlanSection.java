package dev.drillmaster.report;

import static dev.drillmaster.report.Html.tag;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** What identifies the run, and its plan word for word. */
final class PlanSection {

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
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
    try {
      return YAML.writeValueAsString(plan);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a plan cannot be written as YAML", impossible);
    }
  }
}
