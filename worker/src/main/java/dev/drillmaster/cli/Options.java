package dev.drillmaster.cli;

import dev.drillmaster.program.Temporals;
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

  /** The same where only a server that runs already will do. */
  static void requireAddress(CommandSpec command, String value) {
    if (!value.contains(":")) {
      throw new ParameterException(
          command.commandLine(), "--temporal takes HOST:PORT here, not \"" + value + "\"");
    }
    requireTemporal(command, value);
  }
}
