package dev.drillmaster.selftest;

import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.measure.LoadJournal;
import dev.drillmaster.measure.TransferRow;
import dev.drillmaster.verdict.Verdict;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A run to which nothing is done, and what its journal must and must not say. */
final class NoFault {

  private NoFault() {}

  static List<Check> checks(Bench bench) throws IOException, SQLException {
    List<Check> checks = new ArrayList<>();
    try (GatedRun run = bench.begin("no-fault")) {
      DrillReport report = run.end();
      LoadJournal journal = LoadJournal.read(run.journal());
      List<TransferRow> rows = bench.rows(run.id());
      checks.add(check(report, Measured.of(journal, rows)));
      checks.add(bench.inSql("no-fault-sql", run.id(), run.journal()));
      checks.add(WallClock.shiftedHeader(run.journal(), journal, rows));
      checks.add(new MissingLine(run.journal(), journal, rows).check(bench.random()));
    }
    return checks;
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
