package dev.drillmaster.step;

import dev.drillmaster.drill.Criterion;
import dev.drillmaster.drill.Measurement;
import dev.drillmaster.drill.StepResult;
import dev.drillmaster.measure.JournalProblem;
import dev.drillmaster.measure.LoadJournal;
import dev.drillmaster.measure.LossFinding;
import dev.drillmaster.measure.LossMeasurement;
import dev.drillmaster.measure.Outage;
import dev.drillmaster.measure.OutageMeasurement;
import dev.drillmaster.measure.RecoveryTime;
import dev.drillmaster.measure.Sustained;
import dev.drillmaster.measure.TransferRow;
import dev.drillmaster.measure.TransferTable;
import dev.drillmaster.postgres.Fork;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.postgres.RoleChange;
import dev.drillmaster.verdict.Finding;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the journal of a load and the rows of the present primary into the figures of a drill.
 *
 * @param journal what the load wrote down
 * @param rows what the primary has
 * @param forks where its timelines left each other, first to last
 * @param twoPrimaries whether both nodes accept writes; then the rows are those of the one that the
 *     traffic goes to
 */
record Measuring(
    LoadJournal journal, List<TransferRow> rows, List<Fork> forks, boolean twoPrimaries) {

  private static final List<String> MILESTONES =
      List.of(
          Marks.INJECTED,
          Marks.DETECTED,
          Marks.FENCED,
          Marks.PROMOTED,
          Marks.REDIRECTED,
          Marks.VALIDATED,
          Marks.HEALED,
          Marks.REDUNDANCY_RESTORED,
          Marks.FAIL_BACK_BEGUN,
          Marks.FAIL_BACK_DONE);

  /** What is wrong with any journal that is still being written, its last line included. */
  private static final Set<JournalProblem.Kind> WHILE_IT_RUNS =
      Set.of(JournalProblem.Kind.NOT_ENDED, JournalProblem.Kind.CUT);

  /** Reads from whoever is primary now, by row locks, which a standby would refuse. */
  static Measuring of(LoadJournal journal, StepContext context)
      throws IOException, SQLException, InterruptedException {
    boolean two = context.pair().hasTwoPrimaries();
    String primary =
        (two ? context.pair().served() : context.pair().primary())
            .orElseThrow(() -> new IOException("nobody accepts writes"));
    PostgresServer server = context.server(primary);
    long timeline = server.observe().role().orElseThrow().timeline();
    try (Connection connection = server.connect(context.system().database(), context.left())) {
      List<TransferRow> rows = TransferTable.read(connection, context.runId().toString());
      return new Measuring(journal, rows, new RoleChange(server).forks(timeline), two);
    }
  }

  /** Only what the journal can know of: the load goes on after it was read. */
  Measuring withoutLaterRows() {
    long last = journal.attempts().size() - 1L;
    return new Measuring(
        journal, rows.stream().filter(row -> row.sequence() <= last).toList(), forks, twoPrimaries);
  }

  /** The outage that the fault caused; without a fault, whatever the journal shows. */
  static OutageMeasurement outage(LoadJournal journal) {
    return journal.mark(Marks.INJECTING).isPresent()
        ? OutageMeasurement.between(
            journal, Marks.INJECTING, Marks.FAIL_BACK_BEGUN, Sustained.DEFAULT)
        : OutageMeasurement.of(journal, Sustained.DEFAULT);
  }

  /**
   * The figures, and what they say.
   *
   * @param ended whether the load has ended, so that its journal must have an end
   */
  StepResult result(boolean ended) {
    LossMeasurement loss = LossMeasurement.of(journal, rows, fork(), Marks.INJECTING);
    Measurement figures = figures(loss);
    List<Criterion> criteria = new ArrayList<>();
    criteria.add(
        Criterion.of(
            "no row is there that nobody sent",
            loss.unexpected().isEmpty(),
            loss.unexpected().size() + " are"));
    criteria.add(
        Criterion.of("no row is there twice", loss.duplicates() == 0, loss.duplicates() + " are"));
    criteria.add(whole(ended));
    if (ended) {
      sinceFailBack(journal).map(this::writesAgain).ifPresent(criteria::add);
    }
    return new StepResult(
        loss.acknowledged() + " acknowledged, " + loss.transactions() + " of them lost",
        criteria,
        List.of(),
        findings(loss),
        figures);
  }

  private Criterion whole(boolean ended) {
    List<JournalProblem> problems =
        journal.problems().stream()
            .filter(problem -> ended || !WHILE_IT_RUNS.contains(problem.kind()))
            .toList();
    return new Criterion(
        "the journal of the load is whole",
        problems.isEmpty() ? Criterion.Result.MET : Criterion.Result.UNKNOWN,
        problems.isEmpty() ? "it is" : problems.toString());
  }

  /** Attempts that a load lost with its own end accuse nobody. */
  private Criterion writesAgain(OutageMeasurement since) {
    String name = "the service writes again after the fail back";
    String seen = since.ok() + " of " + since.attempts() + " attempts since it began acknowledged";
    return journal.isWhole() && since.attempts() > 0
        ? Criterion.of(name, lasts(since), seen)
        : new Criterion(name, Criterion.Result.UNKNOWN, seen);
  }

  /** Whether the service was seen to write, for good, after a fail back if there was one. */
  static boolean writesAfterFailBack(LoadJournal journal) {
    return sinceFailBack(journal).filter(since -> !lasts(since)).isEmpty();
  }

  private static boolean lasts(OutageMeasurement since) {
    return since.ok() > 0 && since.outages().stream().allMatch(Outage::ended);
  }

  private Measurement figures(LossMeasurement loss) {
    OutageMeasurement outage = outage(journal);
    RecoveryTime recovery = outage.recoveryTime();
    return new Measurement(
        recovery.measured() ? recovery.millis() : null,
        recovery.errorMillis(),
        loss.transactions(),
        loss.seconds(),
        loss.lostBytes(),
        loss.unexpected().size(),
        loss.duplicates(),
        loss.recovered().size(),
        journal.attempts().size(),
        loss.acknowledged(),
        milestones(outage),
        failBackGap(),
        Slices.of(journal));
  }

  /**
   * The fork away from the timeline on which the load began. Later ones of the same run are planned
   * and lose nothing; earlier ones are those of earlier runs.
   */
  private Optional<Fork> fork() {
    Optional<Integer> first = journal.firstTimeline();
    return forks.stream()
        .filter(fork -> first.filter(timeline -> timeline == fork.oldTimeline()).isPresent())
        .findFirst();
  }

  private Map<String, Long> milestones(OutageMeasurement outage) {
    Optional<Long> injecting = journal.mark(Marks.INJECTING);
    Map<String, Long> milestones = new LinkedHashMap<>();
    if (injecting.isEmpty()) {
      return milestones;
    }
    long zero = outage.longest().map(Outage::lastSuccess).orElse(injecting.get());
    for (String name : MILESTONES) {
      journal.mark(name).ifPresent(at -> milestones.put(name, (at - zero) / 1_000_000));
    }
    return milestones;
  }

  /**
   * The longest time without an acknowledgement since the fail back began. Not the outage: a
   * service that lets its callers wait for a moment has none.
   */
  private @Nullable Long failBackGap() {
    return sinceFailBack(journal)
        .map(since -> (since.largestSpacing() + 999_999) / 1_000_000)
        .orElse(null);
  }

  private static Optional<OutageMeasurement> sinceFailBack(LoadJournal journal) {
    return journal
        .mark(Marks.FAIL_BACK_BEGUN)
        .map(
            begun ->
                OutageMeasurement.within(journal, begun, journal.lastInstant(), Sustained.DEFAULT));
  }

  private List<Finding> findings(LossMeasurement loss) {
    List<Finding> findings = new ArrayList<>();
    if (twoPrimaries) {
      findings.add(
          Finding.failure(
              "two-primaries",
              "both nodes accept writes, so that what one acknowledges the other does not have",
              "fence the old primary before the new one is promoted"));
    }
    loss.findings().stream()
        .flatMap(found -> finding(found, loss).stream())
        .distinct()
        .forEach(findings::add);
    return findings;
  }

  private static Finding lostWithoutBytes(LossMeasurement loss) {
    return Finding.doubt(
        "lost-without-bytes",
        loss.transactions() + " acknowledged transactions are lost, but no byte of log is",
        "the instrument is wrong, or synchronous_commit is off: see the settings");
  }

  private static Finding lostInFailBack(LossMeasurement loss) {
    return Finding.failure(
        "lost-in-fail-back",
        loss.lostLater().size()
            + " transactions are lost that were acknowledged after the failover",
        "a fail back is planned and must lose nothing: see that its hand over waits for all");
  }

  /** Unexpected and duplicate rows and a journal that is not whole are criteria already. */
  private Optional<Finding> finding(LossFinding found, LossMeasurement loss) {
    return switch (found) {
      case LOST_WITHOUT_BYTES -> Optional.of(lostWithoutBytes(loss));
      case LOST_LATER ->
          Optional.of(
              journal.mark(Marks.FAIL_BACK_BEGUN).isPresent()
                  ? lostInFailBack(loss)
                  : lostWithoutBytes(loss));
      case REFUSED_BUT_COMMITTED ->
          Optional.of(
              Finding.failure(
                  "refused-but-committed",
                  loss.refused().size() + " transactions are there that were answered as failed",
                  "the service reports a failure for what it committed: mend its error handling"));
      case UNEXPECTED_ROWS, DUPLICATE_ROWS, JOURNAL_NOT_WHOLE -> Optional.empty();
    };
  }
}
