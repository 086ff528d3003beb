package dev.drillmaster.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which Temporal server, for commands that start one if there is none. */
final class TemporalOption {

  @Option(
      names = "--temporal",
      paramLabel = "auto|dev|embedded|HOST:PORT",
      defaultValue = "${env:DRILLMASTER_TEMPORAL:-auto}",
      description = {
        "The Temporal server: one that runs already (HOST:PORT, with TLS, API key and namespace from",
        "the settings of the Temporal CLI), the dev server (dev), the in-process one (embedded), or,",
        "as if nothing is given (auto): the one that the settings of the Temporal CLI name, else the",
        "dev server if \"temporal\" is installed, else the in-process one. Also:",
        "DRILLMASTER_TEMPORAL."
      })
  private String value = "auto";

  /** The choice, if it is one; wrong usage is told before anything is started for nothing. */
  String require(CommandSpec command) {
    String choice = value.isBlank() ? "auto" : value;
    Options.requireTemporal(command, choice);
    return choice;
  }
}
