package dev.drillmaster.prober;

import dev.drillmaster.prober.Prober.Answer;
import dev.drillmaster.prober.Prober.CannotAsk;
import dev.drillmaster.steadystate.Observation;
import dev.drillmaster.steadystate.Probe;
import dev.drillmaster.system.SystemDefinition;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The probers of this program, one for each kind of probe. */
public final class Probers {

  /** What comes from outside may be a whole page. */
  private static final int LONGEST_VALUE = 300;

  private final Map<Class<?>, Prober<?>> byProbe = new HashMap<>();

  private Probers(List<Prober<?>> probers) {
    probers.forEach(prober -> byProbe.put(prober.probeClass(), prober));
    Set<Class<?>> known = byProbe.keySet();
    for (Class<?> probe : Probe.class.getPermittedSubclasses()) {
      if (!known.contains(probe)) {
        throw new IllegalArgumentException("no prober for " + probe);
      }
    }
  }

  /** All that this program has. */
  public static Probers all() {
    return new Probers(List.of(new TcpProber(), new HttpProber(), new SqlProber()));
  }

  /** Asks once. If nothing could be asked, {@link Observation#met} is null. */
  public Observation ask(Probe probe, SystemDefinition system) throws InterruptedException {
    Instant at = Instant.now();
    long begun = System.nanoTime();
    Boolean met = null;
    String value;
    try {
      Answer answer = prober(probe).ask(probe, system);
      met = answer.met();
      value = answer.value();
    } catch (CannotAsk unknown) {
      value = String.valueOf(unknown.getMessage());
    }
    long millis = (System.nanoTime() - begun) / 1_000_000;
    return new Observation(probe.name(), at, met, shortened(value), millis);
  }

  @SuppressWarnings("unchecked") // The key is the prober's own probe class.
  private Prober<Probe> prober(Probe probe) {
    Prober<?> prober = byProbe.get(probe.getClass());
    if (prober == null) {
      throw new IllegalStateException("no prober for " + probe.getClass());
    }
    return (Prober<Probe>) prober;
  }

  private static String shortened(String value) {
    return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + " ...";
  }
}
