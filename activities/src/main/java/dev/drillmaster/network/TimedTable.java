package dev.drillmaster.network;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drillmaster.fault.TrafficDirection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A table of nftables whose rules drop packets for as long as an element of one of its sets lives,
 * which the kernel ends by its own clock. Each change is one transaction: all of it or nothing.
 *
 * <p>The peers are not the timed elements themselves, so that all of them are cut until the same
 * moment, and networks and single addresses may overlap: the kernel's sets of intervals are not
 * made for elements that come and go several times a second.
 *
 * @param namespace where it is
 * @param name its name, which holds the injection's id
 * @param time how long it lasts without renewal
 */
public record TimedTable(NetworkNamespace namespace, String name, Duration time) {

  private static final Pattern OURS = Pattern.compile("dm_[0-9a-f]{32}");

  /**
   * What is seen of it.
   *
   * @param timed whether it has a time at all
   * @param alive whether its time has not run out
   * @param rules how many rules it has
   * @param dropped how many packets they have dropped
   */
  public record Seen(boolean timed, boolean alive, int rules, long dropped) {}

  /** The name for an injection. */
  public static String nameOf(UUID injection) {
    return "dm_" + injection.toString().replace("-", "");
  }

  /**
   * Asks the kernel whether it would take all of it; nothing is changed.
   *
   * @throws IOException if it would not, with what it says
   */
  public void check(Traffic traffic, TrafficDirection direction)
      throws IOException, InterruptedException {
    List<String> script = new ArrayList<>(TimedTableScript.table(this, traffic));
    script.addAll(TimedTableScript.rules(this, traffic, direction));
    transaction(script, "--check");
  }

  /**
   * Makes it and starts its time; it drops nothing yet. Tables of ours whose time has run out are
   * removed: they do nothing, and what died just here can have left one that nobody knows of.
   */
  public void arm(Traffic traffic) throws IOException, InterruptedException {
    for (String each : tables()) {
      TimedTable other = new TimedTable(namespace, each, time);
      if (OURS.matcher(each).matches() && other.look().filter(TimedTable::isOver).isPresent()) {
        other.remove();
      }
    }
    transaction(TimedTableScript.table(this, traffic));
  }

  private static boolean isOver(Seen seen) {
    return seen.timed() && !seen.alive();
  }

  /**
   * Gives it its rules. Fails if its time has run out or it was removed: what was frozen between
   * two instructions and is late brings nothing back.
   */
  public void begin(Traffic traffic, TrafficDirection direction)
      throws IOException, InterruptedException {
    List<String> script = new ArrayList<>(TimedTableScript.renewal(this));
    script.addAll(TimedTableScript.rules(this, traffic, direction));
    transaction(script);
  }

  /** Starts its time again; fails if it has run out. */
  public void renew() throws IOException, InterruptedException {
    transaction(TimedTableScript.renewal(this));
  }

  /** Removes it, if it and its network are there. */
  public void remove() throws IOException, InterruptedException {
    if (namespace.entering().isPresent()) {
      // Added first, because nobody may remove what is not there.
      transaction(List.of("add table inet " + name, "delete table inet " + name));
    }
  }

  /** How many rules it has when it drops packets. */
  public static int rules(Traffic traffic, TrafficDirection direction) {
    return TimedTableScript.count(traffic, direction);
  }

  /** What is there; empty if there is no such table, or no such network any more. */
  public Optional<Seen> look() throws IOException, InterruptedException {
    if (!tables().contains(name)) {
      return Optional.empty();
    }
    JsonNode listed;
    try {
      listed = NetworkTool.json(nft(entering(), "--json", "list", "table", "inet", name));
    } catch (IOException failed) {
      if (!tables().contains(name)) {
        return Optional.empty();
      }
      throw failed;
    }
    return Optional.of(seen(listed));
  }

  private static Seen seen(JsonNode listed) {
    boolean timed = false;
    boolean alive = false;
    int rules = 0;
    long dropped = 0;
    for (JsonNode each : listed.path("nftables")) {
      if (each.path("set").path("name").asText().equals(TimedTableScript.ALIVE)) {
        timed = true;
        alive = !each.path("set").path("elem").isEmpty();
      }
      if (each.has("rule")) {
        rules++;
        for (JsonNode part : each.path("rule").path("expr")) {
          dropped += part.path("counter").path("packets").asLong();
        }
      }
    }
    return new Seen(timed, alive, rules, dropped);
  }

  private List<String> tables() throws IOException, InterruptedException {
    Optional<List<String>> entering = namespace.entering();
    List<String> names = new ArrayList<>();
    if (entering.isEmpty()) {
      return names;
    }
    List<String> words = nft(entering.get(), "--json", "list", "tables");
    for (JsonNode each : NetworkTool.json(words).path("nftables")) {
      if (each.path("table").path("family").asText().equals("inet")) {
        names.add(each.path("table").path("name").asText());
      }
    }
    return names;
  }

  private void transaction(List<String> script, String... options)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("--file", "-"));
    NetworkTool.run(
        nft(entering(), arguments.toArray(String[]::new)), String.join("\n", script) + "\n");
  }

  private List<String> entering() throws IOException {
    return namespace
        .entering()
        .orElseThrow(() -> new IOException(namespace + " is gone, and with it table " + name));
  }

  private static List<String> nft(List<String> entering, String... arguments) throws IOException {
    return NetworkTool.words(entering, "nft", arguments);
  }
}
