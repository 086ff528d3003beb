package dev.drillmaster.selftest;

import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.measure.LoadJournal;
import dev.drillmaster.measure.TransferRow;
import dev.drillmaster.verdict.Verdict;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** A run to which nothing is done, and what its journal must and must not say. */
final class NoFault {

  private static final int TIMES = 3;

  private NoFault() {}

  /**
   * Makes the checks on a run in which every request was acknowledged. On a machine that is too
   * busy some are not, and then there was an outage: such a run is made once more.
   *
   * @throws IOException if there is no such run, because nothing can be said then
   */
  static List<Check> checks(Bench bench) throws IOException, SQLException {
    for (int times = 0; times < TIMES; times++) {
      try (GatedRun run = bench.begin("no-fault")) {
        DrillReport report = run.end();
        if (Unanswered.in(run.journal()) == 0) {
          return checks(bench, run, report);
        }
      }
    }
    throw Unanswered.tooBusy(TIMES);
  }

  private static List<Check> checks(Bench bench, GatedRun run, DrillReport report)
      throws IOException, SQLException {
    LoadJournal journal = LoadJournal.read(run.journal());
    List<TransferRow> rows = bench.rows(run.id());
    return List.of(
        check(report, Measured.of(journal, rows)),
        bench.inSql("no-fault-sql", run.id(), run.journal()),
        WallClock.shiftedHeader(run.journal(), journal, rows),
        new MissingLine(run.journal(), journal, rows).check(bench.random()));
  }

  static Check check(DrillReport report, Measured measured) {
    Figures figures = Figures.of(measured.loss());
    DrillReport.Rto rto = report.rto();
    boolean held =
        report.verdict() == Verdict.PASSED
            && rto != null
            && Long.valueOf(0).equals(rto.millis())
            && measured.outage().outages().isEmpty()
            && figures.acknowledged() >= GatedRun.ENOUGH
            && figures.equals(new Figures(figures.acknowledged(), List.of(), 0, 0));
    return Check.of(
        "no-fault",
        "a run without a fault loses nothing and sees no outage",
        held,
        "PASSED, RTO 0 ms, no outage, 0 lost, 0 unexpected, 0 duplicates",
        GatedRun.text(report)
            + ", RTO "
            + (rto == null ? "not measured" : rto.millis() + " ms")
            + ", "
            + measured.outage().outages().size()
            + " outages, "
            + figures.text());
  }
}
