package dev.drillmaster.injector;

import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.journal.HostJournal;
import dev.drillmaster.policy.Policy;
import dev.drillmaster.target.Target;
import dev.drillmaster.target.Targets;
import java.io.IOException;
import java.util.List;

/**
 * What acting on this host takes.
 *
 * @param journal the host's journal
 * @param targets the host's targets
 * @param injectors one for each mechanism
 * @param expiry ends faults when everything of ours is dead
 * @param policy what may be injected; asked by nobody who heals
 * @param listeners are told what happens in this process
 */
public record Host(
    HostJournal journal,
    Targets targets,
    Injectors injectors,
    TargetExpiry expiry,
    Policy policy,
    List<InjectionListener> listeners) {

  public Host {
    listeners = List.copyOf(listeners);
  }

  /** The same that writes and looks elsewhere, and tells nobody. */
  Host with(HostJournal elsewhere, Targets others) {
    return new Host(elsewhere, others, injectors, expiry, policy, List.of());
  }

  Target targetToInject(InjectionSpec spec) throws IOException {
    return targets
        .find(spec.target())
        .orElseThrow(
            () ->
                new RefusedException(
                    "this host defines no target " + spec.target() + " in " + targets.directory()));
  }

  Target targetToHeal(InjectionSpec spec) throws IOException {
    return targets.find(spec.target()).orElseGet(() -> new MissingTarget(spec.target()));
  }
}
