package dev.drillmaster.step;

import dev.drillmaster.drill.Criterion;
import dev.drillmaster.drill.Measurement;
import dev.drillmaster.drill.StepResult;
import dev.drillmaster.measure.JournalLine.Outcome;
import dev.drillmaster.measure.JournalLine.Result;
import dev.drillmaster.measure.LoadJournal;
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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the journal of a load and the rows of the present primary into the figures of a drill.
 *
 * @param journal what the load wrote down
 * @param rows what the primary has
 * @param forks where its timelines left each other, first to last
 */
record Measuring(LoadJournal journal, List<TransferRow> rows, List<Fork> forks) {

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

  /** Reads from whoever is primary now, by row locks, which a standby would refuse. */
  static Measuring of(LoadJournal journal, StepContext context) throws IOException, SQLException {
    String primary =
        context
            .pair()
            .primary()
            .orElseThrow(() -> new IOException("not exactly one node accepts writes"));
    PostgresServer server = context.server(primary);
    long timeline = server.observe().role().orElseThrow().timeline();
    try (Connection connection = server.connect(context.system().database(), context.left())) {
      List<TransferRow> rows = TransferTable.read(connection, context.runId().toString());
      return new Measuring(journal, rows, new RoleChange(server).forks(timeline));
    }
  }

  /** Only what the journal can know of: the load goes on after it was read. */
  Measuring withoutLaterRows() {
    long last = journal.attempts().size() - 1L;
    return new Measuring(
        journal, rows.stream().filter(row -> row.sequence() <= last).toList(), forks);
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
   * @param ended whether the load has ended, so that its journal must be whole
   */
  StepResult result(boolean ended) {
    LossMeasurement loss = LossMeasurement.of(journal, rows, fork(), Marks.INJECTING);
    Measurement figures = figures(loss);
    boolean whole = !ended || journal.isWhole();
    String problems = whole ? "it is" : journal.problems().toString();
    return new StepResult(
        loss.acknowledged() + " acknowledged, " + loss.transactions() + " of them lost",
        List.of(
            Criterion.of(
                "no row is there that nobody sent",
                loss.unexpected().isEmpty(),
                loss.unexpected().size() + " are"),
            Criterion.of(
                "no row is there twice", loss.duplicates() == 0, loss.duplicates() + " are"),
            new Criterion(
                "the journal of the load is whole",
                whole ? Criterion.Result.MET : Criterion.Result.UNKNOWN,
                problems)),
        List.of(),
        findings(loss),
        figures);
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
        failBackGap());
  }

  /**
   * The fork away from the timeline on which the load began. Later ones of the same run are planned
   * and lose nothing; earlier ones are those of earlier runs.
   */
  private Optional<Fork> fork() {
    Optional<Integer> first =
        journal.outcomes().values().stream()
            .filter(outcome -> outcome.result() == Result.OK && outcome.timeline() > 0)
            .min(Comparator.comparingLong(Outcome::sequence))
            .map(Outcome::timeline);
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
    return journal
        .mark(Marks.FAIL_BACK_BEGUN)
        .map(
            begun ->
                OutageMeasurement.within(journal, begun, journal.lastInstant(), Sustained.DEFAULT))
        .map(since -> (since.largestSpacing() + 999_999) / 1_000_000)
        .orElse(null);
  }

  private static List<Finding> findings(LossMeasurement loss) {
    return loss.findings().stream().flatMap(found -> finding(found, loss).stream()).toList();
  }

  /** Unexpected and duplicate rows and a journal that is not whole are criteria already. */
  private static Optional<Finding> finding(
      dev.drillmaster.measure.LossFinding found, LossMeasurement loss) {
    return switch (found) {
      case LOST_WITHOUT_BYTES ->
          Optional.of(
              Finding.doubt(
                  "lost-without-bytes",
                  loss.transactions()
                      + " acknowledged transactions are lost, but no byte of log is",
                  "the instrument is wrong, or synchronous_commit is off: see the settings"));
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
