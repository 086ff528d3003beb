package dev.drillmaster.selftest;

import dev.drillmaster.measure.LoadJournal;
import dev.drillmaster.measure.LossMeasurement;
import dev.drillmaster.measure.OutageMeasurement;
import dev.drillmaster.measure.Sustained;
import dev.drillmaster.measure.TransferRow;
import java.util.List;
import java.util.Optional;

/** All that the instrument says of a journal and the rows, both measurements in full. */
record Measured(LossMeasurement loss, OutageMeasurement outage) {

  /** A run without a fault has no fork and no mark of one. */
  static Measured of(LoadJournal journal, List<TransferRow> rows) {
    return new Measured(
        LossMeasurement.of(journal, rows, Optional.empty(), "injecting"),
        OutageMeasurement.of(journal, Sustained.DEFAULT));
  }
}
