package dev.drillmaster.injector;

import dev.drillmaster.network.NetworkNamespace;
import dev.drillmaster.network.TimedTable;
import dev.drillmaster.network.Traffic;
import dev.drillmaster.target.NetworkTarget;
import java.time.Duration;

/**
 * Which table was, or was about to be, made where.
 *
 * @param namespace the network namespace that it is in
 * @param table its name, which holds the injection's id
 * @param network whose traffic it drops
 * @param lease how long the kernel keeps it in force without renewal
 */
record NftablesUndo(
    NetworkNamespace namespace, String table, NetworkTarget.Definition network, Duration lease) {

  TimedTable timed() {
    return new TimedTable(namespace, table, lease);
  }

  Traffic traffic() {
    return network.traffic();
  }
}
