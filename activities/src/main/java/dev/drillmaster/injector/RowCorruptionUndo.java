package dev.drillmaster.injector;

import dev.drillmaster.fault.RowCorruption;
import dev.drillmaster.target.PostgresTarget;
import java.util.UUID;

/**
 * Which rows were, or were about to be, changed, and where what they held before is kept.
 *
 * @param server where it is
 * @param fault what is written to which column
 * @param injection whose rows they are
 * @param leftAlone how many of them healing left as they were, since others had changed them
 */
record RowCorruptionUndo(
    PostgresTarget.Definition server, RowCorruption fault, UUID injection, int leftAlone) {

  /** The session that changes them, as the server shows it. */
  String session() {
    return "drillmaster " + injection;
  }

  /** The table with what they held before, beside the one that they are in. */
  String before() {
    String schema = fault.table().substring(0, fault.table().lastIndexOf('.') + 1);
    return schema + "drillmaster_" + injection.toString().replace("-", "");
  }

  RowCorruptionUndo leaving(int rows) {
    return new RowCorruptionUndo(server, fault, injection, rows);
  }
}
