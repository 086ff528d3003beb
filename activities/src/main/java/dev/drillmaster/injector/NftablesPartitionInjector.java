package dev.drillmaster.injector;

import dev.drillmaster.fault.NftablesPartition;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import dev.drillmaster.injection.Prepared;
import dev.drillmaster.network.NetworkNamespace;
import dev.drillmaster.network.OwnConnections;
import dev.drillmaster.network.TimedTable;
import dev.drillmaster.network.TimedTable.Seen;
import dev.drillmaster.target.NetworkTarget;
import dev.drillmaster.target.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Drops packets by a table of nftables, whose time the kernel ends by itself. */
final class NftablesPartitionInjector
    implements Injector<NftablesPartition, NftablesUndo>, SelfExpiring<NftablesUndo> {

  @Override
  public Class<NftablesPartition> faultClass() {
    return NftablesPartition.class;
  }

  @Override
  public Class<NftablesUndo> undoClass() {
    return NftablesUndo.class;
  }

  private static NetworkTarget.Definition require(Target target) {
    if (target instanceof NetworkTarget network) {
      return network.definition();
    }
    throw new RefusedException(
        "target " + target.name() + " is no network but " + target.description());
  }

  @Override
  public Prepared prepare(NftablesPartition fault, Target target) throws InterruptedException {
    NetworkTarget.Definition network = require(target);
    try {
      NetworkNamespace namespace = NetworkNamespace.of(network.namespace());
      if (namespace.ours()) {
        refuseOwnConnections(network);
      }
      new TimedTable(namespace, TimedTable.nameOf(new UUID(0, 0)), Duration.ofSeconds(1))
          .check(network.traffic(), fault.direction());
      return new Prepared(
          "the kernel would take it in %s: %s".formatted(namespace, target.description()));
    } catch (IOException unusable) {
      throw new RefusedException("nothing can be cut here: " + unusable.getMessage());
    }
  }

  /** Cut off from Temporal, the agent would heal at once, and the fault would prove nothing. */
  private static void refuseOwnConnections(NetworkTarget.Definition network) throws IOException {
    for (OwnConnections.Connection own : OwnConnections.now()) {
      if (network.traffic().covers(own)) {
        throw new RefusedException(
            "the agent's own connection to %s, such as the one to Temporal, would be cut: put %s"
                    .formatted(own, own.remote().getAddress().getHostAddress())
                + " into \"except\" of the target's definition, or name \"ports\"");
      }
    }
  }

  @Override
  public NftablesUndo capture(NftablesPartition fault, Target target, InjectionSpec spec)
      throws IOException {
    NetworkTarget.Definition network = require(target);
    return new NftablesUndo(
        NetworkNamespace.of(network.namespace()),
        TimedTable.nameOf(spec.id()),
        network,
        spec.lease());
  }

  @Override
  public Lease arm(NftablesUndo undo) throws IOException, InterruptedException {
    // The lease begins before the kernel's time does, so that it is never taken for longer.
    TableLease lease = new TableLease(undo.timed());
    undo.timed().arm(undo.traffic());
    return lease;
  }

  @Override
  public void inject(
      NftablesPartition fault, Target target, NftablesUndo undo, UndoLog<NftablesUndo> log)
      throws IOException, InterruptedException {
    undo.timed().begin(undo.traffic(), fault.direction());
  }

  @Override
  public Inspection inspect(NftablesPartition fault, Target target, NftablesUndo undo)
      throws IOException, InterruptedException {
    Optional<Seen> seen = undo.timed().look();
    if (seen.isEmpty()) {
      return new Inspection(Inspection.State.ABSENT, "there is no such table");
    }
    if (!seen.get().alive()) {
      return new Inspection(Inspection.State.ABSENT, "the table's time has run out");
    }
    int wanted = TimedTable.rules(undo.traffic(), fault.direction());
    int rules = seen.get().rules();
    Inspection.State state =
        rules == wanted
            ? Inspection.State.PRESENT
            : rules == 0 ? Inspection.State.ABSENT : Inspection.State.UNKNOWN;
    return new Inspection(
        state,
        "%d of %d rules are there and have dropped %d packets"
            .formatted(rules, wanted, seen.get().dropped()));
  }

  @Override
  public void heal(
      NftablesPartition fault, Target target, NftablesUndo undo, UndoLog<NftablesUndo> log)
      throws IOException, InterruptedException {
    undo.timed().remove();
  }

  /** A fence is on a node; whether its traffic passes makes no primary of it. */
  @Override
  public void healFenced(NftablesPartition fault, Target target, NftablesUndo undo)
      throws IOException, InterruptedException {
    heal(fault, target, undo, changed -> {});
  }
}
