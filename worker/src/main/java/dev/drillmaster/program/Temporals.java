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
   * Looks at the option alone.
   *
   * @throws IllegalArgumentException if it is none of those that {@link #open} takes
   */
  public static void check(String option) {
    if (!option.equals("auto")
        && !option.equals("embedded")
        && !ADDRESS.matcher(option).matches()) {
      throw new IllegalArgumentException(
          "--temporal takes auto, embedded or HOST:PORT, not \"" + option + "\"");
    }
  }

  /**
   * Connects, or starts the in-process server.
   *
   * @param option {@code embedded} for the in-process server; {@code auto} for the server that
   *     {@code TEMPORAL_ADDRESS} names, else the in-process one; or {@code HOST:PORT}
   * @throws ServerUnreachable if the server does not answer
   * @throws IOException if the in-process server cannot be started
   */
  public static Orchestrator open(String option, Map<String, String> environment)
      throws IOException {
    check(option);
    String named = environment.getOrDefault("TEMPORAL_ADDRESS", "");
    String choice = option.equals("auto") && !named.isBlank() ? named : option;
    return choice.equals("auto") || choice.equals("embedded")
        ? Orchestrator.embedded()
        : Orchestrator.at(choice);
  }
}
