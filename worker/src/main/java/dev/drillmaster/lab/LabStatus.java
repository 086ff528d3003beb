package dev.drillmaster.lab;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lab as it was seen at one instant.
 *
 * @param made whether there is a lab at all
 * @param parts databases, proxy, services
 * @param primary the node that takes writes; empty if none was seen to, or both were
 * @param paired whether one node is primary, the other streams from it, the traffic goes to the
 *     primary, and no fence stands
 * @param serving whether both services said that they can write
 */
public record LabStatus(
    boolean made, List<Part> parts, Optional<String> primary, boolean paired, boolean serving) {

  /** Copies the list. */
  public LabStatus {
    parts = List.copyOf(parts);
  }

  /**
   * A part of the lab.
   *
   * @param running whether any process of it runs, frozen or not
   * @param pid of its (first) process, or null if it does not run
   * @param port on 127.0.0.1, or null if it has none yet; the proxy's is that of its route
   * @param role what it is and does now, in words
   * @param fenced whether its host's journal fences it
   */
  public record Part(
      String name,
      boolean running,
      @Nullable Long pid,
      @Nullable Integer port,
      String role,
      boolean fenced) {}

  /** Whether all is as it should be. */
  public boolean up() {
    return paired && serving;
  }

  /** Whether any process of it runs. */
  public boolean anyRuns() {
    return parts.stream().anyMatch(Part::running);
  }

  /** The part of that name. */
  public Part part(String name) {
    return parts.stream()
        .filter(part -> part.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the lab has no part " + name));
  }

  /** A table for people, with a last line that says how it is as a whole. */
  public String text() {
    return text(false);
  }

  /**
   * The same.
   *
   * @param drilled whether a run goes on, which may have done to the lab what is wrong with it
   */
  public String text(boolean drilled) {
    StringBuilder text = new StringBuilder();
    if (made) {
      text.append(row("PART", "PID", "PORT", "ROLE"));
      for (Part part : parts) {
        text.append(
            row(
                part.name(),
                part.pid() == null ? "-" : part.pid().toString(),
                part.port() == null ? "-" : part.port().toString(),
                part.role() + (part.fenced() ? ", fenced" : "")));
      }
    }
    return text.append(summary(drilled)).append('\n').toString();
  }

  private static String row(String part, String pid, String port, String role) {
    return String.format("%-13s %8s %6s  %s%n", part, pid, port, role);
  }

  private String summary(boolean drilled) {
    if (!made) {
      return "There is no lab yet. \"drillmaster lab up\" makes one.";
    }
    if (up()) {
      return "The lab is up.";
    }
    if (drilled) {
      return "A run goes on: what it did to the lab is put right at its end.";
    }
    return anyRuns()
        ? "The lab is not as it should be. \"drillmaster lab up\" brings it up."
        : "The lab is down. \"drillmaster lab up\" brings it up.";
  }
}
