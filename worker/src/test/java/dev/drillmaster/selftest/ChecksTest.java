package dev.drillmaster.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.measure.TransferRow;
import dev.drillmaster.selftest.Check.Result;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instrument that is broken on purpose is caught by the checks. */
@Tag("pure")
class ChecksTest {

  private static final int MANY = 300;

  private final WrittenJournal journal;

  ChecksTest(@TempDir Path directory) throws IOException {
    this.journal = WrittenJournal.quiet(directory, MANY);
  }

  private static DrillReport report(
      Verdict verdict, @Nullable Long rtoMillis, long lost, Finding... findings) {
    return new DrillReport(
        "selftest-x",
        new UUID(1, 2),
        "selftest-x",
        verdict,
        Outcome.COMPLETED,
        Instant.EPOCH,
        Instant.EPOCH,
        new DrillReport.Rto(rtoMillis, 10, 1000L),
        new DrillReport.Rpo(lost, 0, 0, 0.0),
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(findings),
        null);
  }

  private static Finding finding(String code, String summary) {
    return Finding.doubt(code, summary, "see the test");
  }

  private Measured withRows(List<TransferRow> rows) throws IOException {
    return Measured.of(journal.read(), rows);
  }

  @Test
  void aQuietRunThatPassedHolds() throws IOException {
    Check check = NoFault.check(report(Verdict.PASSED, 0L, 0), journal.measured());

    assertThat(check.result()).as(check.toString()).isEqualTo(Result.HELD);
  }

  @Test
  void aQuietRunWithAnOutageALossOrAnotherVerdictIsBroken() throws IOException {
    List<TransferRow> oneLess = journal.rows().subList(0, MANY - 1);
    List<TransferRow> oneTwice = new ArrayList<>(journal.rows());
    oneTwice.add(journal.rows().get(0));

    assertThat(NoFault.check(report(Verdict.PASSED, 1L, 0), journal.measured()).result())
        .isEqualTo(Result.BROKEN);
    assertThat(NoFault.check(report(Verdict.PASSED, null, 0), journal.measured()).result())
        .isEqualTo(Result.BROKEN);
    assertThat(NoFault.check(report(Verdict.INCONCLUSIVE, 0L, 0), journal.measured()).result())
        .isEqualTo(Result.BROKEN);
    assertThat(NoFault.check(report(Verdict.PASSED, 0L, 0), withRows(oneLess)).result())
        .isEqualTo(Result.BROKEN);
    assertThat(NoFault.check(report(Verdict.PASSED, 0L, 0), withRows(oneTwice)).result())
        .isEqualTo(Result.BROKEN);
  }

  @Test
  void aLossThatIsOneOffIsBroken() throws IOException {
    List<UUID> deleted = List.of(WrittenJournal.id(7), WrittenJournal.id(11));
    Measured measured =
        withRows(journal.rows().stream().filter(row -> !deleted.contains(row.id())).toList());
    Finding[] findings = {finding("lost-without-bytes", "x"), finding("rpo-missed", "x")};

    assertThat(
            DeletedRows.check(deleted, report(Verdict.FAILED, 0L, 2, findings), measured).result())
        .isEqualTo(Result.HELD);
    for (long wrong : new long[] {1, 3}) {
      assertThat(
              DeletedRows.check(deleted, report(Verdict.FAILED, 0L, wrong, findings), measured)
                  .result())
          .isEqualTo(Result.BROKEN);
    }
    assertThat(DeletedRows.check(deleted, report(Verdict.FAILED, 0L, 2), measured).result())
        .isEqualTo(Result.BROKEN);
  }

  @Test
  void asManyLostButOthersIsBroken() throws IOException {
    List<UUID> deleted = List.of(WrittenJournal.id(7));
    Measured other =
        withRows(
            journal.rows().stream().filter(row -> !row.id().equals(WrittenJournal.id(8))).toList());
    DrillReport report =
        report(
            Verdict.FAILED, 0L, 1, finding("lost-without-bytes", "x"), finding("rpo-missed", "x"));

    Check check = DeletedRows.check(deleted, report, other);

    assertThat(check.result()).isEqualTo(Result.BROKEN);
    assertThat(check.measured()).contains("not those that were deleted");
  }

  @Test
  void sqlThatComesToSomethingElseIsBroken() {
    Figures sql = new Figures(10, List.of(WrittenJournal.id(1)), 0, 0);

    assertThat(Bench.agree("x", sql, sql).result()).isEqualTo(Result.HELD);
    for (Figures wrong :
        Arrays.asList(
            new Figures(9, sql.lost(), 0, 0),
            new Figures(10, List.of(), 0, 0),
            new Figures(10, List.of(WrittenJournal.id(2)), 0, 0),
            new Figures(10, sql.lost(), 1, 0),
            new Figures(10, sql.lost(), 0, 1))) {
      assertThat(Bench.agree("x", sql, wrong).result()).as(wrong.text()).isEqualTo(Result.BROKEN);
    }
  }

  @Test
  void aLostLoadThatPassesFailsOrIsNotExplainedIsBroken() {
    Finding told =
        finding("criterion-unknown", "step 4: the journal of the load is whole: [NOT_ENDED]");
    Finding other = finding("criterion-unknown", "step 1: db1 accepts writes: nobody knows");

    assertThat(LostLoad.check("x", "x", report(Verdict.INCONCLUSIVE, null, 0, told)).result())
        .isEqualTo(Result.HELD);
    assertThat(LostLoad.check("x", "x", report(Verdict.PASSED, 0L, 0)).result())
        .isEqualTo(Result.BROKEN);
    assertThat(LostLoad.check("x", "x", report(Verdict.FAILED, null, 0, told)).result())
        .isEqualTo(Result.BROKEN);
    assertThat(LostLoad.check("x", "x", report(Verdict.INCONCLUSIVE, null, 0, other)).result())
        .isEqualTo(Result.BROKEN);
  }

  @Test
  void aDurationThatFollowsTheJumpOrAJumpThatDidNotComeIsBroken() throws IOException {
    Duration jump = Duration.ofHours(2);
    Duration real = Duration.ofSeconds(3);
    Duration least = real.minusMillis(5);
    Duration most = real.plusMillis(5);

    assertThat(jumped(new JumpingClock.Seen(jump, least, most, real))).isEqualTo(Result.HELD);
    assertThat(jumped(new JumpingClock.Seen(jump, least, most, real.plus(jump))))
        .isEqualTo(Result.BROKEN);
    assertThat(jumped(new JumpingClock.Seen(jump, least, most, Duration.ZERO)))
        .isEqualTo(Result.BROKEN);
    assertThat(jumped(new JumpingClock.Seen(Duration.ZERO, least, most, real)))
        .isEqualTo(Result.BROKEN);
  }

  private Result jumped(JumpingClock.Seen seen) throws IOException {
    return JumpingClock.check(seen, journal.measured()).result();
  }

  @Test
  void whatWasNotAcknowledgedIsCountedFromTheBareLines() throws IOException {
    assertThat(Unanswered.in(journal.file())).isZero();
    List<String> lines = new ArrayList<>(Files.readAllLines(journal.file()));
    lines.removeIf(line -> line.startsWith("O\t5\t"));
    lines.replaceAll(
        line -> line.startsWith("O\t6\t") ? line.replace("\tOK\t", "\tFAILED\t") : line);
    Files.write(journal.file(), lines);

    assertThat(Unanswered.in(journal.file())).isEqualTo(2);
  }

  @Test
  void aWrongWallClockIsSeenInTheHeaderAndInNoFigure() throws IOException {
    Check check = WallClock.shiftedHeader(journal.file(), journal.read(), journal.rows());

    assertThat(check.result()).isEqualTo(Result.HELD);
    assertThat(check.expected()).contains("2026-01-01T01:00:00Z for 2026-01-01T00:00:00Z");
  }

  @Test
  void aJournalThatLacksALineIsNoticedWhicheverItIs() throws IOException {
    for (long seed = 0; seed < 20; seed++) {
      Check check =
          new MissingLine(journal.file(), journal.read(), journal.rows()).check(new Random(seed));

      assertThat(check.result()).as("seed %d: %s", seed, check).isEqualTo(Result.HELD);
    }
  }

  @Test
  void rowsOfAnotherRunWouldNotHideTheMissingLine() throws IOException {
    List<TransferRow> noRows = List.of();

    assertThat(
            new MissingLine(journal.file(), journal.read(), noRows).check(new Random(1)).result())
        .isEqualTo(Result.BROKEN);
  }

  @Test
  void fromOneToAllAreDeletedAndAllOfThemWereAcknowledged() throws IOException {
    List<UUID> all = journal.rows().stream().map(TransferRow::id).toList();
    for (long seed = 0; seed < 50; seed++) {
      List<UUID> chosen = DeletedRows.someAcknowledged(journal.read(), new Random(seed));

      assertThat(chosen).isNotEmpty().doesNotHaveDuplicates().isSubsetOf(all);
      assertThat(chosen).isSorted();
    }
  }

  @Test
  void nothingCheckedIsNothingPassed() {
    Check held = Check.of("a", "a", true, "", "");
    Check broken = Check.of("b", "b", false, "", "");
    Check left = Check.notExercised("c", "c", "", "not here");

    assertThat(new SelftestReport(1, List.of(held, left)).passed()).isTrue();
    assertThat(new SelftestReport(1, List.of(held, broken)).passed()).isFalse();
    assertThat(new SelftestReport(1, List.of(left)).passed()).isFalse();
    assertThat(new SelftestReport(1, List.of()).passed()).isFalse();
  }
}
