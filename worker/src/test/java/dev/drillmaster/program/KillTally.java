package dev.drillmaster.program;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What came of each kill, as it is printed. */
final class KillTally {

  private final Map<String, Integer> kills = new TreeMap<>();
  private final Map<String, Integer> healers = new TreeMap<>();
  private int faults;
  private int withoutFault;
  private Line worst = new Line("none", 0, 1);

  /** A fault that was in force: how long it outlived the kill, and how long it might. */
  private record Line(String text, long millis, long bound) {
    double part() {
      return (double) millis / bound;
    }
  }

  /**
   * Counts and prints one kill.
   *
   * @param moment since the last victim was back
   * @param struck when the victim was dead
   * @param back how long it took to come back
   * @param inForce what was in force then, and is over now
   */
  void add(
      String kill,
      Death death,
      Duration moment,
      long struck,
      Duration back,
      List<WatchedFault> inForce)
      throws IOException {
    kills.merge(death.victim(), 1, Integer::sum);
    faults += inForce.size();
    withoutFault += inForce.isEmpty() ? 1 : 0;
    List<String> ends = new ArrayList<>();
    for (WatchedFault fault : inForce) {
      healers.merge(fault.healedBy(), 1, Integer::sum);
      ends.add(end(fault, death, struck));
    }
    System.out.printf(
        Locale.ROOT,
        "kill %s: %s, %.1f s after the last was back; back after %.1f s; %s%n",
        kill,
        death.victim(),
        moment.toMillis() / 1000.0,
        back.toMillis() / 1000.0,
        ends.isEmpty() ? "a fault was about to begin" : String.join("; ", ends));
  }

  private String end(WatchedFault fault, Death death, long struck) throws IOException {
    OptionalLong unheld = death.mustBeOver(fault, struck);
    long millis = Math.max(0, (fault.overAt() - struck) / 1_000_000);
    long bound = (unheld.orElse(fault.latest()) - struck) / 1_000_000;
    Line line = new Line(fault + " after " + death.victim(), millis, bound);
    worst = unheld.isPresent() && line.part() > worst.part() ? line : worst;
    return String.format(
        Locale.ROOT,
        "%s over after %d of %d ms%s, by %s",
        fault,
        millis,
        bound,
        unheld.isPresent() ? "" : " (its latest end)",
        fault.healedBy());
  }

  /** Prints the table. */
  void print() {
    System.out.printf(
        Locale.ROOT,
        "killed:          %s%n"
            + "faults in force: %d at %d kills; at %d more one was about to begin%n"
            + "healed by:       %s%n"
            + "worst end:       %s, after %d of %d ms, of those that nobody held any more%n",
        kills,
        faults,
        kills.values().stream().mapToInt(Integer::intValue).sum() - withoutFault,
        withoutFault,
        healers,
        worst.text(),
        worst.millis(),
        worst.bound());
  }
}
