package dev.drillmaster.system;

import dev.drillmaster.journal.HostJournal;
import dev.drillmaster.journal.HostLock;
import dev.drillmaster.postgres.NodeObservation;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.postgres.Replication;
import dev.drillmaster.proxy.ProxyControl;
import dev.drillmaster.proxy.Upstream;
import dev.drillmaster.target.PostgresTarget;
import dev.drillmaster.target.Target;
import dev.drillmaster.target.Targets;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The two servers of a system, and who of them is primary.
 *
 * @param journal the journal of their host, with locks and fences
 * @param targets where the nodes are defined
 * @param system the system
 */
public record Pair(HostJournal journal, Targets targets, SystemDefinition system) {

  /**
   * What settling did.
   *
   * @param changed whether anything had to be done
   * @param primary the node that is primary now
   * @param standby the node that streams from it
   * @param detail what was done, in one line for people
   */
  public record Settled(boolean changed, String primary, String standby, String detail) {}

  /**
   * The server of a node.
   *
   * @throws IOException if the host defines no such PostgreSQL target
   */
  public PostgresServer server(String node) throws IOException {
    Optional<Target> target = targets.find(node);
    if (target.isPresent() && target.get() instanceof PostgresTarget postgres) {
      return postgres.server();
    }
    throw new IOException(
        "this host defines no PostgreSQL target " + node + " in " + targets.directory());
  }

  /** The node that was just seen to accept writes; empty if none was, or both were. */
  public Optional<String> primary() throws IOException {
    List<String> nodes = system.nodes();
    boolean first = server(nodes.get(0)).observe().writable();
    boolean second = server(nodes.get(1)).observe().writable();
    if (first == second) {
      return Optional.empty();
    }
    return Optional.of(nodes.get(first ? 0 : 1));
  }

  /** Whether both were just seen to accept writes. */
  public boolean hasTwoPrimaries() throws IOException {
    return server(system.nodes().get(0)).observe().writable()
        && server(system.nodes().get(1)).observe().writable();
  }

  /** The node that the traffic goes to; empty if it goes elsewhere. */
  public Optional<String> served() throws IOException, InterruptedException {
    Upstream upstream = proxy().route(system.traffic().route()).upstream();
    for (String node : system.nodes()) {
      if (upstream.equals(upstream(node))) {
        return Optional.of(node);
      }
    }
    return Optional.empty();
  }

  /** Whether a node was just seen to stream from the other one, by both. */
  public boolean streams(String standby) throws IOException {
    PostgresServer follower = server(standby);
    PostgresServer leader = server(system.other(standby));
    NodeObservation here = follower.observe();
    NodeObservation there = leader.observe();
    return new Replication(follower).streams(here, there, leader);
  }

  /** The proxy through which the service reaches the primary. */
  public ProxyControl proxy() throws IOException {
    return ProxyControl.in(system.traffic().proxy());
  }

  /** Where the traffic must go to reach a node. */
  public Upstream upstream(String node) throws IOException {
    return new Upstream("127.0.0.1", server(node).settings().port());
  }

  /**
   * Sends the traffic to a node and sees that it goes there.
   *
   * @return whether it went somewhere else before
   */
  public boolean redirect(String node) throws IOException, InterruptedException {
    ProxyControl proxy = proxy();
    String route = system.traffic().route();
    Upstream wanted = upstream(node);
    boolean changed = proxy.redirect(route, wanted).changed();
    Upstream seen = proxy.route(route).upstream();
    if (!seen.equals(wanted)) {
      throw new IOException("route " + route + " leads to " + seen + " instead of " + wanted);
    }
    return changed;
  }

  /**
   * Brings the pair to one primary, one standby that streams, and traffic to the primary. A
   * promotion that began is completed, a fence without a promotion is lifted. Looks first, changes
   * only what is not as wanted, and can be done again after an interruption anywhere. Kills a
   * process that holds a lock of a node and is frozen.
   *
   * @param bound for waiting for the locks, and again for each of the two servers
   * @throws IOException if that end was not reached, saying what a person must do
   */
  @SuppressWarnings("try") // The locks are held, not used here.
  public Settled settle(Duration bound) throws IOException, SQLException, InterruptedException {
    List<String> sorted = system.nodes().stream().sorted().toList();
    try (HostLock first = journal.lockTargetOrEvict(sorted.get(0), bound);
        HostLock second = journal.lockTargetOrEvict(sorted.get(1), bound)) {
      return new Settling(this, List.of(first, second), bound).run();
    }
  }
}
