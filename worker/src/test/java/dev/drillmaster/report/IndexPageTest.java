package dev.drillmaster.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.cli.SampleRuns;
import dev.drillmaster.ledger.RunFigures;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class IndexPageTest {

  private static final Instant NOW = Instant.parse("2026-10-05T00:00:00Z");

  private static RunFigures run(
      String name, String plan, @Nullable Verdict verdict, @Nullable Long rtoMillis) {
    boolean over = verdict != null;
    Instant startedAt = SampleRuns.passed().startedAt();
    return new RunFigures(
        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
        name,
        plan,
        startedAt,
        over ? startedAt.plusSeconds(35) : null,
        verdict,
        over ? Outcome.COMPLETED : null,
        rtoMillis,
        rtoMillis == null ? null : 21L,
        5000L,
        rtoMillis == null ? null : 3L,
        rtoMillis == null ? null : 0.12,
        rtoMillis == null ? null : 8192L,
        1.0);
  }

  private static String page(RunFigures... runs) {
    return IndexPage.of(
        List.of(runs), Map.of(run("a", "", null, null).runId(), "a.html"), NOW, ZoneOffset.UTC);
  }

  @Test
  void aRunThatHasAReportIsALinkToIt() {
    String page =
        page(run("b", "failover", null, null), run("a", "failover", Verdict.PASSED, 932L));

    assertThat(page)
        .containsOnlyOnce("<a href=\"a.html\">2026-10-04 14:02:00 +00:00</a>")
        .contains("going on", "932 ms ± 21 ms", "3 lost, 0.12 s", "35.0 s")
        .contains("2 runs: 1 passed, 0 inconclusive, 0 failed");
  }

  @Test
  void eachPlanHasItsTrendAndWhatFailedLooksDifferent() {
    String page =
        page(
            run("d", "freeze", Verdict.PASSED, 100L),
            run("c", "failover", Verdict.FAILED, 6000L),
            run("b", "failover", Verdict.INCONCLUSIVE, null),
            run("a", "failover", Verdict.PASSED, 932L));

    assertThat(page.split("<h3>", -1)).hasSize(3);
    assertThat(page)
        .contains("<title>c: FAILED, 6000 ms</title><path")
        .contains(
            "<title>b: INCONCLUSIVE, no figure</title><path d=\"M0 -6 L6 5 L-6 5 Z\" class=\"hollow\"")
        .contains("<title>a: PASSED, 932 ms</title><circle")
        .contains("objective 5000 ms", "objective 1 s");
    assertThat(page.indexOf("<title>a: ")).isLessThan(page.indexOf("<title>c: "));
  }

  @Test
  void aLedgerWithoutRunsSaysHowToMakeOne() {
    assertThat(page()).contains("./drillmaster run PLAN", "0 runs").doesNotContain("<h3>");
  }

  @Test
  void namesFromOutsideAreWords() {
    String hostile = "\"><script>alert(1)</script>";

    assertThat(page(run(hostile, hostile, Verdict.FAILED, 1L)))
        .doesNotContain(hostile)
        .contains("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;")
        .containsOnlyOnce("<script>");
  }
}
