package dev.drillmaster.host;

import dev.drillmaster.agent.AgentActivities;
import dev.drillmaster.agent.AgentIdentity;
import dev.drillmaster.agent.AgentLook;
import dev.drillmaster.agent.HostAccounts;
import dev.drillmaster.agent.InjectionAccount;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.journal.HostJournal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this process says of itself, on both queues of its host. */
public final class AgentOnHost implements AgentActivities {

  private static final Logger LOG = LoggerFactory.getLogger(AgentOnHost.class);

  /** Asked once a minute: more than a host injects in the seconds that a ledger may lose. */
  private static final int NEWEST = 20;

  private final AgentIdentity identity;
  private final HostJournal journal;

  /** Answers so, and looks into this journal. */
  public AgentOnHost(AgentIdentity identity, HostJournal journal) {
    this.identity = identity;
    this.journal = journal;
  }

  @Override
  public AgentIdentity greet(String host) {
    return identity;
  }

  @Override
  public AgentLook look(String host) {
    return look();
  }

  @Override
  public List<UUID> newest(String host) {
    return Failing.explained(() -> journal.newest(NEWEST));
  }

  @Override
  public HostAccounts accounts(List<UUID> injections) {
    return new HostAccounts(identity.host(), injections.stream().flatMap(this::account).toList());
  }

  /** The same of the newest for whoever is in this process; nothing of a journal without a list. */
  public HostAccounts accounts(int newest) {
    try {
      return accounts(journal.newest(newest));
    } catch (IOException unreadable) {
      LOG.warn("the journal does not tell what was done", unreadable);
      return new HostAccounts(identity.host(), List.of());
    }
  }

  private Stream<InjectionAccount> account(UUID id) {
    try {
      Optional<InjectionSpec> spec = journal.intent(id);
      if (spec.isEmpty()) {
        return Stream.empty();
      }
      return Stream.of(
          new InjectionAccount(
              spec.get(),
              journal.intendedAt(id),
              journal.injected(id).orElse(null),
              journal.healed(id).orElse(null)));
    } catch (IOException damaged) {
      LOG.warn("the journal does not tell of injection {}", id, damaged);
      return Stream.empty();
    }
  }

  /** The same for whoever is in this process. */
  public AgentLook look() {
    int open;
    try {
      open = journal.open().size();
    } catch (IOException unreadable) {
      open = 0; // The refusal says that it cannot be read.
    }
    return new AgentLook(identity, open, journal.refusal().orElse(null));
  }
}
