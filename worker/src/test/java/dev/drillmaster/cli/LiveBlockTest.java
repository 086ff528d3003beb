package dev.drillmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.cli.ProgressText.Look;
import dev.drillmaster.drill.DrillStatus;
import dev.drillmaster.drill.Roles;
import dev.drillmaster.measure.LoadStatus;
import dev.drillmaster.measure.LoadStatus.Slice;
import dev.drillmaster.plan.PlanFiles;
import dev.drillmaster.terminal.Glyphs;
import dev.drillmaster.terminal.StyledLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames as a person sees them; the expected ones are in {@code frames}. */
@Tag("pure")
class LiveBlockTest {

  private static final Glyphs GLYPHS = Glyphs.in(StandardCharsets.UTF_8);

  private int width = 80;
  private final LiveBlock block =
      new LiveBlock(
          PlanFiles.shipped("postgres-failover"),
          new Roles("db1", "db2"),
          SampleRuns.STARTED_AT,
          GLYPHS,
          () -> width - 1);

  private static LoadStatus load(long outageMillis, String lost, boolean ended, Slice... newest) {
    List<Slice> strip = new ArrayList<>();
    while (strip.size() < 50 - newest.length) {
      strip.add(new Slice(10, 0));
    }
    strip.addAll(List.of(newest));
    long failed = strip.stream().mapToInt(Slice::failed).sum();
    return new LoadStatus(
        "run",
        1200 + failed,
        1188,
        failed,
        2,
        10,
        outageMillis,
        outageMillis,
        1,
        lost,
        ended,
        strip);
  }

  private static Look look(long millis, DrillStatus status, @Nullable LoadStatus load) {
    // Only this program's own faults have a lease that it knows.
    Map<String, Duration> leases =
        millis < 15_000
            ? Map.of(SampleRuns.INJECTION.toString(), Duration.ofMillis(9_310))
            : Map.of();
    return new Look(status, load, leases, SampleRuns.at(millis));
  }

  private static DrillStatus waiting(DrillStatus status, String why) {
    return new DrillStatus(
        status.phase(),
        status.path(),
        status.doing(),
        status.held(),
        status.steps(),
        status.findings(),
        why,
        null);
  }

  private List<String> frame(Look now) {
    return block.lines(now).stream()
        .map(line -> line.plain(width - 1, GLYPHS.ellipsis()).stripTrailing())
        .toList();
  }

  private List<String> frames() {
    DrillStatus detecting =
        SampleRuns.held(
            SampleRuns.running(
                "3.1", "notice the outage: 3 times in a row not \"the database answers\"", 2));
    Slice none = new Slice(0, 0);
    Slice bad = new Slice(0, 10);
    List<String> frames = new ArrayList<>();
    for (Look now :
        List.of(
            look(
                300,
                SampleRuns.running("1", "wait until the system is in its steady state", 0),
                null),
            look(
                12_100,
                SampleRuns.running("2", "send 100 transactions a second", 1),
                load(0, "", false)),
            look(
                13_112, detecting, load(640, "", false, new Slice(4, 6), bad, bad, bad, none, bad)),
            look(18_200, detecting, load(5700, "", false, bad, bad, bad, bad)),
            look(
                99_000,
                waiting(detecting, "the ledger does not answer: \u001b[2J gone"),
                load(0, "", false, bad, new Slice(9, 1), new Slice(10, 0))),
            look(100_000, detecting, load(0, "the journal cannot be written: disk full", false)),
            look(
                101_000,
                new DrillStatus(
                    "rolling back",
                    "",
                    "putting right whatever was left behind, last first",
                    List.of(),
                    List.of(),
                    List.of(),
                    null,
                    null),
                load(0, "", true)))) {
      frames.addAll(frame(now));
    }
    return frames;
  }

  @ParameterizedTest
  @ValueSource(ints = {120, 80, 40})
  void theFramesAreAsExpectedAndFit(int columns) throws IOException {
    width = columns;

    List<String> frames = frames();

    assertThat(frames).allSatisfy(line -> assertThat(line.length()).isLessThan(columns));
    assertThat(String.join("\n", frames) + "\n").isEqualTo(expected(columns));
  }

  private static String expected(int columns) throws IOException {
    try (InputStream file =
        LiveBlockTest.class.getResourceAsStream("/frames/live-" + columns + ".txt")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void onTheSmallestTerminalNothingBreaks() {
    width = 20;

    assertThat(frames()).allSatisfy(line -> assertThat(line.length()).isLessThan(20));
  }

  @Test
  void whatComesFromOutsideMovesNoCursor() {
    DrillStatus hostile = SampleRuns.running("9", "\u001b[2J\u0007wait\nfor \u202e it", 0);

    List<StyledLine> lines = block.lines(look(300, hostile, null));

    assertThat(lines)
        .allSatisfy(line -> assertThat(line.plain(79, "")).doesNotContainPattern("\\p{Cntrl}"));
  }
}
