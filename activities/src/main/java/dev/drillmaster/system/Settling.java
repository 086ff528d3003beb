package dev.drillmaster.system;

import dev.drillmaster.journal.Fence;
import dev.drillmaster.journal.HostLock;
import dev.drillmaster.journal.OpenInjection;
import dev.drillmaster.postgres.DiskRole;
import dev.drillmaster.postgres.NodeObservation;
import dev.drillmaster.postgres.PostgresFailure;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.postgres.Replication;
import dev.drillmaster.postgres.RoleChange;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One settling of a pair, under the locks of both nodes. See {@link Pair#settle}. */
final class Settling {

  private static final Duration KILL = Duration.ofSeconds(10);

  /** A standby that only has to connect again does so within this; otherwise it is copied anew. */
  private static final Duration RECONNECT = Duration.ofSeconds(10);

  private final Pair pair;
  private final List<HostLock> locks;
  private final Duration bound;
  private final List<String> done = new ArrayList<>();

  Settling(Pair pair, List<HostLock> locks, Duration bound) {
    this.pair = pair;
    this.locks = locks;
    this.bound = bound;
  }

  Pair.Settled run() throws IOException, SQLException, InterruptedException {
    refuseOpenInjections();
    for (String node : pair.system().nodes()) {
      if (pair.journal().fenceIfSuperseded(lock(node), node)) {
        done.add("fenced " + node + ", in whose place another was promoted");
      }
    }
    refuseUnreadableFences();
    endForbiddenPrimaries();
    String primary = choose();
    String standby = pair.system().other(primary);
    makePrimary(primary, standby);
    makeStandby(standby, primary);
    if (pair.redirect(primary)) {
      done.add("traffic sent to " + primary);
    }
    String detail =
        "primary "
            + primary
            + ", standby "
            + standby
            + " streams"
            + (done.isEmpty() ? "" : "; " + String.join("; ", done));
    return new Pair.Settled(!done.isEmpty(), primary, standby, detail);
  }

  /** A fault that is still there would be fought over with whoever heals it. */
  private void refuseOpenInjections() throws IOException {
    for (OpenInjection open : pair.journal().open()) {
      if (open.spec() == null || pair.system().nodes().contains(open.spec().target())) {
        throw new IOException(
            "injection " + open.id() + " is still open: run \"drillmaster heal\" first");
      }
    }
  }

  /** To lift it could make two primaries, to complete its promotion could lose a primary's data. */
  private void refuseUnreadableFences() throws IOException {
    for (String node : pair.system().nodes()) {
      Optional<Fence> fence = pair.journal().fenceOf(node);
      if (fence.isPresent() && !fence.get().readable()) {
        throw new IOException(
            fence.get().reason()
                + ": nobody knows whether "
                + pair.system().other(node)
                + " was promoted in place of "
                + node
                + ". See that not both accept writes, remove that file, then run"
                + " \"drillmaster heal\"");
      }
    }
  }

  /** Whoever has a successor is never primary again, even if somebody started it by hand. */
  private void endForbiddenPrimaries() throws IOException, InterruptedException {
    for (String node : pair.system().nodes()) {
      PostgresServer server = pair.server(node);
      if (successor(node).isPresent() && !server.observe().certainlyNotWritable()) {
        server.sealAsStandby();
        server.kill(KILL);
        done.add("ended " + node + ", which is fenced in favour of another");
      }
    }
  }

  private Optional<String> successor(String node) {
    return pair.journal().fenceOf(node).map(Fence::successor);
  }

  private String choose() throws IOException {
    List<String> nodes = pair.system().nodes();
    List<String> writable = new ArrayList<>();
    for (String node : nodes) {
      if (pair.server(node).observe().writable()) {
        writable.add(node);
      }
    }
    if (writable.size() == 2) {
      throw new IOException(
          "both "
              + nodes
              + " accept writes: stop the one whose data is to be thrown away, then run"
              + " \"drillmaster heal\"");
    }
    if (writable.size() == 1) {
      return writable.get(0);
    }
    for (String node : nodes) {
      if (successor(node).isPresent()) {
        return pair.system().other(node);
      }
    }
    return chooseByDisk(nodes);
  }

  /** Nobody accepts writes and nobody was to be promoted: it is whoever was primary last. */
  private String chooseByDisk(List<String> nodes) throws IOException {
    List<String> primaries = new ArrayList<>();
    for (String node : nodes) {
      DiskRole role = pair.server(node).diskRole();
      if (role == DiskRole.PRIMARY || role == DiskRole.SEALED_PRIMARY) {
        primaries.add(node);
      }
    }
    if (primaries.size() == 1) {
      return primaries.get(0);
    }
    if (primaries.isEmpty()) {
      throw new IOException(
          "neither of "
              + nodes
              + " was a primary: restore one from a backup, or make the lab anew");
    }
    long first = pair.server(nodes.get(0)).diskTimeline();
    long second = pair.server(nodes.get(1)).diskTimeline();
    if (first == second) {
      throw new IOException(
          "both "
              + nodes
              + " would start as primary on timeline "
              + first
              + ": decide which data is right, start that one, then run \"drillmaster heal\"");
    }
    return nodes.get(first > second ? 0 : 1);
  }

  private void makePrimary(String node, String other)
      throws IOException, SQLException, InterruptedException {
    PostgresServer server = pair.server(node);
    if (server.diskRole() == DiskRole.SEALED_PRIMARY) {
      if (!server.observe().writable()) {
        // It may run read-only since the seal was set, and notices its absence at the next start.
        server.kill(KILL);
      }
      server.unseal();
      done.add("unsealed " + node);
    }
    if (pair.journal().fenceOf(node).isPresent()) {
      pair.journal().liftFence(lock(node), node);
      done.add("lifted the fence of " + node);
    }
    NodeObservation seen = running(node, server);
    if (seen.inRecovery()) {
      requireNotWritable(other);
      new RoleChange(server).promote(bound);
      done.add("completed the promotion of " + node);
    }
    if (!server.observe().writable()) {
      throw new IOException(node + " is to be primary, but was not seen to accept writes");
    }
  }

  private NodeObservation running(String node, PostgresServer server)
      throws IOException, InterruptedException {
    NodeObservation seen = server.observe();
    if (seen.frozen()) {
      throw new IOException(
          "processes of "
              + node
              + " are frozen, but no injection is open: find out who stopped them, then continue or"
              + " kill them");
    }
    if (seen.acceptsConnections()) {
      return seen;
    }
    server.start(KILL);
    NodeObservation ready = server.awaitReady(bound);
    done.add("started " + node);
    return ready;
  }

  /** Before a promotion: the other one must be fenced and seen to be so. */
  private void requireNotWritable(String other) throws IOException {
    NodeObservation seen = pair.server(other).observe();
    if (successor(other).isEmpty() || !seen.certainlyNotWritable()) {
      throw new IOException(
          "no promotion without a confirmed fence: " + other + " was seen as " + seen);
    }
  }

  private void makeStandby(String node, String primary)
      throws IOException, SQLException, InterruptedException {
    if (!pair.streams(node) && !reconnects(node, primary)) {
      PostgresServer server = pair.server(node);
      Fence fence =
          new Fence(node, "settle", "copied anew from " + primary, Instant.now(), null, primary);
      pair.journal().fence(lock(node), fence);
      new Replication(server).rejoin(pair.server(primary), bound);
      done.add("made " + node + " a standby from a fresh copy");
    }
    if (pair.journal().fenceOf(node).isPresent()) {
      pair.journal().liftFence(lock(node), node);
      done.add("lifted the fence of " + node + ", a standby");
    }
  }

  /** A standby that only was down, or lost its connection, needs no copy. */
  private boolean reconnects(String node, String primary) throws IOException, InterruptedException {
    PostgresServer server = pair.server(node);
    if (!server.exists() || server.diskRole() != DiskRole.STANDBY) {
      return false;
    }
    try {
      running(node, server);
      new Replication(server).awaitStreaming(pair.server(primary), RECONNECT);
      done.add(node + " streams again");
      return true;
    } catch (PostgresFailure notByItself) {
      done.add(node + " did not stream by itself (" + notByItself.kind() + ")");
      return false;
    }
  }

  private HostLock lock(String node) {
    return locks.stream()
        .filter(lock -> lock.name().equals("target-" + node))
        .findFirst()
        .orElseThrow();
  }
}
