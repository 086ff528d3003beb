package dev.drillmaster.injector;

import dev.drillmaster.fault.Fault;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The injectors of this program, one for each mechanism. */
public final class Injectors {

  private final Map<Class<?>, Injector<?, ?>> byFault = new HashMap<>();

  /**
   * Exactly these.
   *
   * @throws IllegalArgumentException if a mechanism has no injector or two
   */
  public Injectors(List<Injector<?, ?>> injectors) {
    for (Injector<?, ?> injector : injectors) {
      if (byFault.put(injector.faultClass(), injector) != null) {
        throw new IllegalArgumentException(injector.faultClass() + " has two injectors");
      }
    }
    Set<Class<?>> missing = new HashSet<>(mechanisms(Fault.class));
    missing.removeAll(byFault.keySet());
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("no injector for " + missing);
    }
  }

  /** All that this program has: worker, agent and watchdog share the list. */
  public static Injectors all() {
    return new Injectors(
        List.of(
            new ProcessTreeInjector(),
            new ProxyPartitionInjector(),
            new ProxyFlappingInjector(),
            new ProxyLatencyInjector(),
            new ProxyDownInjector(),
            new NftablesPartitionInjector(),
            new TbfBandwidthInjector(),
            new NetemDelayInjector(),
            new ProxyWrongStatusInjector(),
            new ProxyAlteredBodyInjector(),
            new ProxyStaleReplayInjector(),
            new ProxyEquivocationInjector(),
            new ToxiproxyLatencyInjector(),
            new ToxiproxyPartitionInjector(),
            new DatabaseConnectionsInjector(),
            new DatabaseLockInjector(),
            new DiskFillInjector(),
            new StressCpuInjector(),
            new StressIoInjector(),
            new StressMemoryInjector(),
            new BackendTerminationInjector(),
            new ReplayPauseInjector(),
            new RowCorruptionInjector()));
  }

  /** The mechanisms that can be injected. */
  public Set<Class<?>> faults() {
    return Set.copyOf(byFault.keySet());
  }

  /** The injector of a fault. */
  @SuppressWarnings("unchecked") // The key is the injector's own fault class.
  Injector<Fault, Object> of(Fault fault) {
    Injector<?, ?> injector = byFault.get(fault.getClass());
    if (injector == null) {
      throw new IllegalStateException("no injector for " + fault.getClass());
    }
    return (Injector<Fault, Object>) injector;
  }

  /** All records that a sealed family permits. */
  static Set<Class<?>> mechanisms(Class<?> family) {
    if (!family.isSealed()) {
      return Set.of(family);
    }
    Set<Class<?>> records = new HashSet<>();
    for (Class<?> permitted : family.getPermittedSubclasses()) {
      records.addAll(mechanisms(permitted));
    }
    return records;
  }
}
