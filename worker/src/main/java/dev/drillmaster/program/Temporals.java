package dev.drillmaster.program;

import dev.drillmaster.home.Home;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.orchestrator.ServerUnreachable;
import dev.drillmaster.orchestrator.TemporalCommand;
import dev.drillmaster.orchestrator.TemporalProfile;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Which Temporal server a program uses, by the option {@code --temporal}. */
public final class Temporals {

  private static final String AUTO = "auto";
  private static final String DEV = "dev";
  private static final String EMBEDDED = "embedded";
  private static final Pattern ADDRESS = Pattern.compile("[^\\s:/]+:\\d{1,5}");

  private Temporals() {}

  /**
   * Looks at the option alone.
   *
   * @throws IllegalArgumentException if it is none of those that {@link #open} takes
   */
  public static void check(String option) {
    if (!Set.of(AUTO, DEV, EMBEDDED).contains(option) && !isAddress(option)) {
      throw new IllegalArgumentException(
          "--temporal takes auto, dev, embedded or HOST:PORT, not \"" + option + "\"");
    }
  }

  /** Whether the option names a server that runs already. */
  static boolean isAddress(String option) {
    return ADDRESS.matcher(option).matches();
  }

  /**
   * Connects, or starts a server.
   *
   * @param option {@code HOST:PORT} for a server that runs already; {@code dev} for the dev server
   *     of the home; {@code embedded} for the in-process server; {@code auto} for the server that
   *     the settings of the Temporal CLI name, else the dev server if its program is there, else
   *     the in-process one
   * @param progress is told what is missing
   * @throws ServerUnreachable if the server does not answer
   * @throws IOException if a server of ours cannot be started
   */
  static Orchestrator open(
      String option, Home home, Map<String, String> environment, Consumer<String> progress)
      throws IOException, InterruptedException {
    check(option);
    return switch (option) {
      case AUTO -> auto(home, environment, progress);
      case DEV ->
          Orchestrator.ofHome(
              home,
              TemporalCommand.find(environment)
                  .orElseThrow(() -> new IOException(TemporalCommand.MISSING)));
      case EMBEDDED -> Orchestrator.embedded();
      default -> ofOthers(option, progress);
    };
  }

  private static Orchestrator auto(
      Home home, Map<String, String> environment, Consumer<String> progress)
      throws IOException, InterruptedException {
    Optional<String> named = TemporalProfile.load(environment).address();
    if (named.isPresent()) {
      return ofOthers(named.get(), progress);
    }
    Optional<TemporalCommand> temporal = TemporalCommand.find(environment);
    if (temporal.isPresent()) {
      return Orchestrator.ofHome(home, temporal.get());
    }
    progress.accept(
        "using the in-process Temporal server, without UI and schedules: "
            + TemporalCommand.MISSING);
    return Orchestrator.embedded();
  }

  private static Orchestrator ofOthers(String server, Consumer<String> progress) {
    Orchestrator orchestrator = Orchestrator.at(server);
    String missing;
    try {
      missing = orchestrator.missingSearchAttributes();
    } catch (RuntimeException silent) {
      orchestrator.close();
      throw silent;
    }
    if (!missing.isEmpty()) {
      progress.accept(
          "operators cannot filter this server's list of runs yet: run \"temporal operator"
              + " search-attribute create "
              + missing
              + "\" once, and start this again");
    }
    return orchestrator;
  }
}
