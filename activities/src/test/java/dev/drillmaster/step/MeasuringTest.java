package dev.drillmaster.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.drill.Criterion;
import dev.drillmaster.drill.StepResult;
import dev.drillmaster.measure.JournalBuilder;
import dev.drillmaster.measure.JournalLine.Attempt;
import dev.drillmaster.measure.JournalProblem;
import dev.drillmaster.measure.JournalProblem.Kind;
import dev.drillmaster.measure.LoadJournal;
import dev.drillmaster.measure.TransferRow;
import dev.drillmaster.postgres.Fork;
import dev.drillmaster.postgres.Lsn;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Attempts are due every 10 ms; the failover forks at position 1099, the fail back at 1199. */
@Tag("pure")
final class MeasuringTest {

  private static final List<Fork> FORKS =
      List.of(new Fork(1, new Lsn(1099)), new Fork(2, new Lsn(1199)));

  private final JournalBuilder load = new JournalBuilder();
  private final List<TransferRow> rows = new ArrayList<>();

  private void acknowledged(int count, int timeline, boolean kept) {
    for (Attempt attempt : load.acknowledged(count, timeline)) {
      if (kept) {
        rows.add(new TransferRow(attempt.id(), attempt.sequence()));
      }
    }
  }

  private StepResult result(boolean ended, JournalProblem... problems) {
    return result(load.build(List.of(problems)), ended);
  }

  private StepResult result(LoadJournal journal, boolean ended) {
    return new Measuring(journal, rows, FORKS, false).result(ended);
  }

  private static Optional<Criterion.Result> found(StepResult result, String name) {
    return result.criteria().stream()
        .filter(each -> each.name().contains(name))
        .map(Criterion::result)
        .findFirst();
  }

  private static Optional<Criterion.Result> whole(StepResult result) {
    return found(result, "journal of the load is whole");
  }

  private static Optional<Criterion.Result> writesAgain(StepResult result) {
    return found(result, "writes again after the fail back");
  }

  private void drill() {
    acknowledged(100, 1, true);
    load.mark(Marks.INJECTING, 995);
    load.failed(50);
    acknowledged(100, 2, true);
    load.mark(Marks.FAIL_BACK_BEGUN, 2495);
  }

  @Test
  void aServiceThatWritesOnThroughTheFailBackMeetsAll() {
    drill();
    acknowledged(100, 3, true);

    StepResult result = result(true);

    assertThat(result.criteria()).extracting(Criterion::result).containsOnly(Criterion.Result.MET);
    assertThat(writesAgain(result)).isPresent();
    assertThat(result.findings()).isEmpty();
  }

  @Test
  void aServiceThatWritesAgainAfterAnOutageInTheFailBackMeetsIt() {
    drill();
    load.failed(20);
    acknowledged(100, 3, true);

    assertThat(writesAgain(result(true))).contains(Criterion.Result.MET);
  }

  @Test
  void aServiceThatDoesNotWriteAfterTheFailBackIsFound() {
    drill();
    acknowledged(30, 2, true);
    load.failed(20);

    assertThat(writesAgain(result(true))).contains(Criterion.Result.NOT_MET);
  }

  @Test
  void successesThatDoNotLastAreNoServiceAfterTheFailBack() {
    drill();
    load.failed(20);
    acknowledged(10, 3, true);

    assertThat(writesAgain(result(true))).contains(Criterion.Result.NOT_MET);
    assertThat(Measuring.writesAfterFailBack(load.build())).isFalse();
  }

  @Test
  void aLoadThatDiedAccusesNoServiceOfNotWriting() {
    drill();
    load.unanswered(2);

    assertThat(writesAgain(result(true, problem(Kind.NOT_ENDED))))
        .contains(Criterion.Result.UNKNOWN);
  }

  @Test
  void withoutAFailBackNobodyAsks() {
    acknowledged(100, 1, true);
    load.failed(20);

    assertThat(writesAgain(result(true))).isEmpty();
    assertThat(Measuring.writesAfterFailBack(load.build())).isTrue();
  }

  @Test
  void rowsOfThePromotedOneThatTheFailBackLostAreAFailure() {
    drill();
    acknowledged(3, 2, false);
    acknowledged(100, 3, true);

    StepResult result = result(true);

    assertThat(result.findings()).extracting(Finding::code).containsExactly("lost-in-fail-back");
    assertThat(result.findings().get(0).verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.findings().get(0).summary()).startsWith("3 ");
  }

  @Test
  void rowsOfTheFirstPrimaryAreLostInTheFailoverAlsoAfterAFailBack() {
    acknowledged(100, 1, true);
    acknowledged(5, 1, false);
    load.mark(Marks.INJECTING, 1050);
    load.failed(20);
    acknowledged(100, 2, true);
    load.mark(Marks.FAIL_BACK_BEGUN, 2245);
    acknowledged(100, 3, true);

    assertThat(result(true).findings()).isEmpty();
  }

  @Test
  void rowsThatThePromotedOneLostByItselfAreNotThoseOfAFailBack() {
    acknowledged(100, 1, true);
    acknowledged(3, 2, false);
    acknowledged(100, 2, true);

    assertThat(result(false).findings())
        .extracting(Finding::code)
        .containsExactly("lost-without-bytes");
  }

  @Test
  void bytesWithoutALostRowAreNoFinding() {
    acknowledged(105, 1, true);
    load.mark(Marks.INJECTING, 1050);
    load.failed(20);
    acknowledged(100, 2, true);

    StepResult result = result(true);

    assertThat(Objects.requireNonNull(result.measurement()).rpoBytes()).isEqualTo(5);
    assertThat(result.measurement().lostTransactions()).isZero();
    assertThat(result.findings()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"NOT_ENDED", "CUT"})
  void aJournalThatIsStillWrittenHasNoEndYet(Kind kind) {
    acknowledged(100, 1, true);

    assertThat(whole(result(false, problem(kind)))).contains(Criterion.Result.MET);
    assertThat(whole(result(true, problem(kind)))).contains(Criterion.Result.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      mode = Mode.EXCLUDE,
      names = {"NOT_ENDED", "CUT"})
  void whatIsWrongWithAJournalThatIsStillWrittenIsNotHidden(Kind kind) {
    acknowledged(100, 1, true);

    assertThat(whole(result(false, problem(Kind.NOT_ENDED), problem(kind))))
        .contains(Criterion.Result.UNKNOWN);
  }

  private static JournalProblem problem(Kind kind) {
    return new JournalProblem(kind, 7, "a test");
  }
}
