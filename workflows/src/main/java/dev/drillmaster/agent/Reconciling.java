package dev.drillmaster.agent;

import io.temporal.workflow.Promise;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Compares the ledger with the journals of all hosts that answer. Journals are on the hosts' own
 * disks and lose nothing; a ledger that was restored from a backup, or commits asynchronously after
 * all, may have lost its last seconds. Asks for identities first, since nearly always the ledger
 * knows them all.
 */
public final class Reconciling {

  private final AgentLedgerActivities ledger = AgentCalls.ledger();

  /** Does it, and tells what the ledger did not know, in lines for people. */
  public List<String> run() {
    Map<String, Set<UUID>> byHost = newest();
    List<UUID> all = byHost.values().stream().flatMap(Set::stream).toList();
    List<String> told = new ArrayList<>();
    if (all.isEmpty()) {
      return told;
    }
    Set<UUID> unknown = new HashSet<>(ledger.unknown(all));
    byHost.forEach(
        (host, ids) -> {
          ids.retainAll(unknown);
          if (!ids.isEmpty()) {
            told.addAll(reconcile(host, List.copyOf(ids)));
          }
        });
    return told;
  }

  /** All hosts at once; those that do not answer are asked in the next round. */
  private Map<String, Set<UUID>> newest() {
    Map<String, Promise<List<UUID>>> asked = new LinkedHashMap<>();
    for (String host : ledger.hosts()) {
      asked.put(host, new AgentCalls(host).newest());
    }
    Map<String, Set<UUID>> newest = new LinkedHashMap<>();
    asked.forEach(
        (host, promise) -> {
          @Nullable List<UUID> ids = Presence.answer(promise);
          newest.put(host, ids == null ? new LinkedHashSet<>() : new LinkedHashSet<>(ids));
        });
    return newest;
  }

  private List<String> reconcile(String host, List<UUID> unknown) {
    @Nullable HostAccounts accounts = Presence.answer(new AgentCalls(host).accounts(unknown));
    return accounts == null ? List.of() : ledger.reconcile(accounts);
  }
}
