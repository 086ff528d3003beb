package dev.drillmaster.drillproxy;

import dev.drillmaster.control.ControlServer.Refused;
import dev.drillmaster.fault.Direction;
import dev.drillmaster.proxy.NetworkRule;
import dev.drillmaster.proxy.RuleStatus;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is done to what passes one route, each rule until its deadline, which is kept here: whoever
 * set the rule may be dead. Callers change it, the event loop reads it.
 */
final class Rules {

  /** So many ids of rules that are over are remembered, against requests that arrive late. */
  private static final int REMEMBERED = 1000;

  private static final class Entry {
    final NetworkRule rule;
    final long lease;
    final @Nullable Liar liar;
    volatile long deadline;
    boolean inForce;
    boolean resting;

    Entry(NetworkRule rule, long lease) {
      this.rule = rule;
      this.lease = lease;
      this.liar = rule.lie() == null ? null : Liar.of(rule.lie());
      renew();
    }

    void renew() {
      deadline = System.nanoTime() + lease;
    }

    long left() {
      return deadline - System.nanoTime();
    }

    RuleStatus status() {
      return new RuleStatus(
          rule,
          inForce,
          Math.max(0, TimeUnit.NANOSECONDS.toMillis(left())),
          liar == null ? null : liar.counts());
    }
  }

  private final EventLoop loop;
  private final Runnable changed;
  private final Map<UUID, Entry> entries = new LinkedHashMap<>();
  private final Set<UUID> over = new LinkedHashSet<>();
  private volatile List<NetworkRule> acting = List.of();
  private volatile @Nullable Entry lying;

  /**
   * No rules.
   *
   * @param changed called on the event loop whenever other rules act than before
   */
  Rules(EventLoop loop, Runnable changed) {
    this.loop = loop;
    this.changed = changed;
  }

  /** Takes a rule that is not in force yet. */
  synchronized RuleStatus arm(NetworkRule rule, long leaseMillis) throws Refused {
    if (leaseMillis < 1) {
      throw new Refused(400, "a rule without a lease would stay for ever");
    }
    if (entries.containsKey(rule.id()) || over.contains(rule.id())) {
      throw new Refused(409, "rule " + rule.id() + " was here before");
    }
    if (rule.lie() != null && entries.values().stream().anyMatch(each -> each.liar != null)) {
      throw new Refused(409, "the route lies already: of two lies nobody could tell the effect");
    }
    Entry entry = new Entry(rule, TimeUnit.MILLISECONDS.toNanos(leaseMillis));
    entries.put(rule.id(), entry);
    endAtDeadline(entry);
    return entry.status();
  }

  private void endAtDeadline(Entry entry) {
    var unused = loop.schedule(() -> expire(entry), entry.left(), TimeUnit.NANOSECONDS);
  }

  private synchronized void expire(Entry entry) {
    if (entries.get(entry.rule.id()) != entry) {
      return;
    }
    if (entry.left() > 0) {
      endAtDeadline(entry);
    } else {
      remove(entry.rule.id());
    }
  }

  /** Whether there is such a rule; if so, it is in force when this returns. */
  synchronized boolean begin(UUID id) {
    @Nullable Entry entry = alive(id);
    if (entry != null && !entry.inForce) {
      entry.inForce = true;
      publish();
      takeTurns(entry);
    }
    return entry != null;
  }

  private void takeTurns(Entry entry) {
    NetworkRule.@Nullable Turns turns = entry.rule.turns();
    if (turns != null) {
      long millis = entry.resting ? turns.restMillis() : turns.actMillis();
      var unused = loop.schedule(() -> turn(entry), millis, TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void turn(Entry entry) {
    if (entries.get(entry.rule.id()) == entry) {
      entry.resting = !entry.resting;
      publish();
      takeTurns(entry);
    }
  }

  /** Whether there is such a rule; if so, it lives for one more lease. */
  synchronized boolean renew(UUID id) {
    @Nullable Entry entry = alive(id);
    if (entry != null) {
      entry.renew();
    }
    return entry != null;
  }

  /** Whether there was such a rule; there never will be again. */
  synchronized boolean remove(UUID id) {
    over.add(id);
    if (over.size() > REMEMBERED) {
      over.remove(over.iterator().next());
    }
    boolean there = entries.remove(id) != null;
    if (there) {
      publish();
    }
    return there;
  }

  /** A deadline that has passed counts, also when its timer is late. */
  private @Nullable Entry alive(UUID id) {
    @Nullable Entry entry = entries.get(id);
    return entry == null || entry.left() <= 0 ? null : entry;
  }

  private void publish() {
    List<Entry> now =
        entries.values().stream().filter(entry -> entry.inForce && !entry.resting).toList();
    acting = now.stream().map(entry -> entry.rule).toList();
    lying = now.stream().filter(entry -> entry.liar != null).findFirst().orElse(null);
    loop.execute(changed);
  }

  synchronized List<RuleStatus> list() {
    List<RuleStatus> all = new ArrayList<>();
    entries.values().forEach(entry -> all.add(entry.status()));
    return all;
  }

  /** Whether nothing passes this way. */
  boolean cut(Direction way) {
    return acting.stream().anyMatch(rule -> rule.cut() && rule.affects(way));
  }

  /** Whether every connection is to be closed. */
  boolean refuse() {
    return acting.stream().anyMatch(NetworkRule::refused);
  }

  /**
   * Who makes answers wrong, if anybody does. A deadline that has passed counts here without its
   * timer: a proxy that was frozen finds requests in its sockets before it comes to its timers.
   */
  @Nullable Liar liar() {
    @Nullable Entry entry = lying;
    return entry == null || entry.left() <= 0 ? null : entry.liar;
  }

  /** What holds bytes up this way without cutting it off. */
  List<NetworkRule> slowing(Direction way) {
    return acting.stream()
        .filter(rule -> !rule.cut() && !rule.refused() && rule.lie() == null && rule.affects(way))
        .toList();
  }
}
