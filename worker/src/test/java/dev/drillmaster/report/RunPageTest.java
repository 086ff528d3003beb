package dev.drillmaster.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.drillmaster.cli.SampleRuns;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.Timeline;
import dev.drillmaster.ledger.ClosedRun;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class RunPageTest {

  static final List<DrillReport> ALL =
      List.of(
          SampleRuns.passed(),
          SampleRuns.tooLate(),
          SampleRuns.stopped(),
          SampleRuns.refused(),
          SampleRuns.handedOver(),
          SampleReports.withTimeline(350, SampleReports.MARKS));

  private static final Pattern TAG = Pattern.compile("<[^>]*>");

  /** What is not for people but has a fixed set of values or a fixed form. */
  private static final Set<String> FIXED =
      Set.of("runId", "verdict", "outcome", "status", "state", "result", "severity", "id", "begin");

  private static String page(DrillReport report) {
    return RunPage.of(SampleReports.kept(report), ZoneId.of("Europe/Berlin"));
  }

  @Test
  void aRunThatPassedShowsWhatWasWantedAndWhatWasMeasured() {
    assertThat(page(SampleReports.withTimeline(350, SampleReports.MARKS)))
        .contains("<strong>PASSED</strong><span>completed</span>")
        .contains("The system did what the plan asks.")
        .contains("932 ms", "21 ms", "at most 5000 ms")
        .contains("3 transactions", "0.12 s", "8192 bytes (8.0 KiB)", "nothing older than 1 s")
        .contains("2026-10-04 16:02:00 +02:00")
        .contains("drill-postgres-failover-20261004-140200", "3f1c8a52-6d0e-4b7a-9c55-0e8d2f7b4a11")
        .contains(
            "at most 26 s, stated before it was injected", "0.968 s", "fenced; no process runs")
        .contains("emergencyStop", "nobody gave a name", "declared")
        .contains("title: The primary dies under load");
  }

  @Test
  void whatIsToBeDoneStandsBesideEachFinding() {
    assertThat(page(SampleRuns.tooLate()))
        .contains("rto-missed", "5912 ms without service, objective 5000 ms")
        .contains("see in the milestones which part of the recovery took the time")
        .contains("<span>MISSED</span>");
  }

  @Test
  void aRunWithoutMeasurementSaysSo() {
    assertThat(page(SampleRuns.stopped()))
        .contains("not measured", "There is none: no load was measured.")
        .doesNotContain("class=\"timeline\"");
  }

  @Test
  void aRunOfAnOlderProgramHasNoTimelineAndSaysSo() {
    assertThat(page(SampleRuns.passed()))
        .contains("the program that made this run did not keep it", "932 ms")
        .doesNotContain("class=\"timeline\"");
  }

  @Test
  void aLoadThatSentNothingHasNoPlot() {
    assertThat(page(SampleReports.withTimeline(0, Map.of()))).contains("the load sent nothing");
  }

  @Test
  void everySliceSaysItsFigures() {
    assertThat(page(SampleReports.withTimeline(350, SampleReports.MARKS)))
        .contains("<title>12.3 s: 0 acknowledged, 10 failed</title>")
        .contains("<title>13.2 s: 10 acknowledged, 0 failed, p99 84 ms</title>")
        .contains("<title>+0.9 s: 10 acknowledged, 0 failed, p99 84 ms</title>")
        .contains("fault held 0.91 s", "without service 932 ms");
  }

  @Test
  void marksThatAreCloseTogetherAreNamedInRowsOfTheirOwn() {
    String page = page(SampleReports.withTimeline(350, SampleReports.MARKS));
    String close = page.substring(page.indexOf("<figure"), page.indexOf("</figure>"));
    List<String> rows =
        Pattern.compile("<circle cx=\"[0-9.]+%\" cy=\"([0-9]+)\"")
            .matcher(close)
            .results()
            .map(row -> row.group(1))
            .toList();

    assertThat(rows).hasSize(8).doesNotHaveDuplicates();
    SampleReports.MARKS.keySet().forEach(name -> assertThat(page).contains(name));
  }

  @Test
  void aFaultThatTheLoadWasNotToldToBeHealedIsShownToTheEnd() {
    assertThat(
            page(
                SampleReports.withTimeline(350, Map.of("injecting", 12_300L, "injected", 12_350L))))
        .contains("fault held, not seen to be healed");
  }

  @Test
  void aLoadWithoutAFaultIsShownOnce() {
    assertThat(page(SampleReports.withTimeline(350, Map.of())).split("<figure", -1)).hasSize(2);
  }

  @Test
  void anHourOfLoadIsLessThanAMegabyte() {
    String page = page(SampleReports.withTimeline(Timeline.MOST, SampleReports.MARKS));

    assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1_000_000);
    assertThat(page).contains("<title>299.9 s: 10 acknowledged");
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void nothingIsLoadedFromAnywhere(DrillReport report) {
    assertThat(page(report))
        .doesNotContain("http:", "https:", "src=", "url(", "@import", "<link", "href=")
        .contains("default-src &#39;none&#39;");
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void everyTagIsClosedInOrder(DrillReport report) {
    List<String> open = new ArrayList<>();
    for (String tag : tags(page(report))) {
      String name = tag.replaceAll("[</>]|\\s.*", "");
      if (tag.startsWith("</")) {
        assertThat(open.remove(open.size() - 1)).isEqualTo(name);
      } else if (!name.equals("meta") && !name.equals("!doctype")) {
        open.add(name);
      }
    }
    assertThat(open).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\" onmouseover=\"alert(1)",
        "' onmouseover='alert(1)",
        "</title></svg></style><img src=x onerror=alert(1)>",
        "<!--",
        "&lt;script&gt;"
      })
  void nothingFromOutsideBecomesATagOrAnAttribute(String hostile) throws IOException {
    String page = RunPage.of(everywhere(hostile), ZoneOffset.UTC);
    String harmless = RunPage.of(everywhere("harmless words of any length"), ZoneOffset.UTC);

    assertThat(shape(page)).isEqualTo(shape(harmless));
    assertThat(page).contains(Html.text(hostile).toString());
    assertThat(occurrences(page, hostile)).isEqualTo(occurrences(harmless, hostile));
  }

  /** Element and attribute names in order; values aside. */
  private static List<String> shape(String page) {
    return tags(page).stream().map(tag -> tag.replaceAll("=\"[^\"]*\"", "")).toList();
  }

  private static List<String> tags(String page) {
    // Style and script are ours and hold no tag, but the script compares.
    String markup =
        page.replaceAll("(?s)(<style>).*?(</style>)|(<script>).*(</script>)", "$1$2$3$4");
    return TAG.matcher(markup).results().map(MatchResult::group).toList();
  }

  private static int occurrences(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  private static ClosedRun everywhere(String hostile) throws IOException {
    DrillReport report = SampleReports.withTimeline(350, SampleReports.MARKS);
    ObjectNode tree = Wire.json().valueToTree(report);
    tree.set("findings", Wire.json().valueToTree(SampleRuns.tooLate().findings()));
    tree.set("compensations", Wire.json().valueToTree(SampleRuns.stopped().compensations()));
    JsonNode plan = Wire.json().readTree(SampleReports.kept(report).plan());
    return SampleReports.kept(
        altered(tree, hostile).toString(), altered(plan, hostile).toString(), hostile, hostile);
  }

  /** The same tree with words from outside in every text and every name of a mark. */
  private static JsonNode altered(JsonNode node, String hostile) {
    if (node instanceof TextNode text) {
      return TextNode.valueOf(hostile + text.textValue());
    }
    if (node instanceof ArrayNode array) {
      ArrayNode altered = array.arrayNode();
      array.forEach(each -> altered.add(altered(each, hostile)));
      return altered;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    ObjectNode altered = object.objectNode();
    for (Map.Entry<String, JsonNode> field : fields(object).entrySet()) {
      String name = field.getKey();
      boolean fixed = FIXED.contains(name) || name.endsWith("At");
      altered.set(name, fixed ? field.getValue() : altered(field.getValue(), hostile));
    }
    if (object.has("marks")) {
      altered.withObject("/marks").put(hostile, 12_400);
    }
    return altered;
  }

  private static Map<String, JsonNode> fields(ObjectNode object) {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    return fields;
  }

  @Test
  void aReportThatThisProgramCannotReadIsAnErrorThatSaysWhatToDo() {
    ClosedRun run = SampleReports.kept(SampleRuns.passed());
    ClosedRun strange =
        new ClosedRun(
            run.runId(), run.run(), "", "", "", "{}", "", "{\"verdict\": \"SUPERB\"}", List.of());

    assertThatThrownBy(() -> RunPage.of(strange, ZoneOffset.UTC))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("use the one that wrote it, or a newer one");
  }

  @Test
  void stepsStandInTheOrderOfThePlan() {
    String page = page(SampleRuns.passed());
    List<Integer> places =
        Stream.of("1", "2", "3", "3.1", "3.2", "3.3")
            .map(path -> page.indexOf("<span class=\"path\">" + path + "<"))
            .toList();

    assertThat(places).isSorted().allMatch(place -> place > 0);
  }
}
