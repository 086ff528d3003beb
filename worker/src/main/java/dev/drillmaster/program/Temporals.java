package dev.drillmaster.program;

import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.orchestrator.ServerUnreachable;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;

/** Which Temporal server a program uses, by the option {@code --temporal}. */
public final class Temporals {

  private static final Pattern ADDRESS = Pattern.compile("[^\\s:]+:\\d{1,5}");

  private Temporals() {}

  /**
   * Connects, or starts the in-process server.
   *
   * @param option {@code embedded} for the in-process server; {@code auto} for the server that
   *     {@code TEMPORAL_ADDRESS} names, else the in-process one; or {@code HOST:PORT}
   * @throws IllegalArgumentException if the option is none of these
   * @throws ServerUnreachable if the server does not answer
   * @throws IOException if the in-process server cannot be started
   */
  public static Orchestrator open(String option, Map<String, String> environment)
      throws IOException {
    String named = environment.getOrDefault("TEMPORAL_ADDRESS", "");
    String choice = option.equals("auto") && !named.isBlank() ? named : option;
    if (choice.equals("auto") || choice.equals("embedded")) {
      return Orchestrator.embedded();
    }
    if (!ADDRESS.matcher(choice).matches()) {
      throw new IllegalArgumentException(
          "--temporal takes auto, embedded or HOST:PORT, not \"" + choice + "\"");
    }
    return Orchestrator.at(choice);
  }
}
