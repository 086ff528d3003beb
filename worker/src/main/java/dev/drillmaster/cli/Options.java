package dev.drillmaster.cli;

import dev.drillmaster.guard.Gate;
import dev.drillmaster.program.Temporals;
import dev.drillmaster.wire.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Options whose values are more than picocli knows. */
final class Options {

  private Options() {}

  /** Wrong usage, before anything is started for nothing. */
  static void requireTemporal(CommandSpec command, String value) {
    try {
      Temporals.check(value);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(
          command.commandLine(), String.valueOf(wrong.getMessage()), wrong, null, value);
    }
  }

  /** How long a run waits to be admitted; zero if the option is absent. */
  static Duration maxWait(CommandSpec command, @Nullable String value) {
    if (value == null) {
      return Duration.ZERO;
    }
    Duration wait = duration(command, "--wait", value);
    if (wait.compareTo(Gate.LONGEST_WAIT) > 0) {
      throw new ParameterException(
          command.commandLine(),
          "--wait takes at most " + DurationText.format(Gate.LONGEST_WAIT) + ", not " + value);
    }
    return wait;
  }

  static Duration duration(CommandSpec command, String option, String value) {
    try {
      return DurationText.parse(value);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(
          command.commandLine(), option + ": " + wrong.getMessage(), wrong, null, value);
    }
  }

  /** Why somebody does what holds for all runs: it must be said. */
  static String reason(CommandSpec command, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new ParameterException(
          command.commandLine(), "--reason TEXT is needed: it is recorded and shown to others");
    }
    return value;
  }

  /** The same where only a server that runs already will do. */
  static void requireAddress(CommandSpec command, String value) {
    if (!value.contains(":")) {
      throw new ParameterException(
          command.commandLine(), "--temporal takes HOST:PORT here, not \"" + value + "\"");
    }
    requireTemporal(command, value);
  }
}
