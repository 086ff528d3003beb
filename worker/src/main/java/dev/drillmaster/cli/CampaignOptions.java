package dev.drillmaster.cli;

import dev.drillmaster.campaign.CampaignRules;
import dev.drillmaster.program.DrillProgram;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How many runs are wanted. With none of these options it is one, and no campaign. */
final class CampaignOptions {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Makes N runs one after the other, goes on after a failed one, and sums up.")
  private @Nullable Integer runs;

  @Option(names = "--all", description = "Runs all plans that ship, each once or N times.")
  private boolean all;

  @Option(
      names = "--campaign",
      paramLabel = "NAME",
      description = {
        "The name of the runs together. If there are such runs on the Temporal server already, it",
        "goes on with them: so the same command may be given again after its program has died."
      })
  private @Nullable String name;

  /** Whether more is wanted than one run by itself. */
  boolean isCampaign() {
    return runs != null || all || name != null;
  }

  /** Whether all plans that ship are wanted. */
  boolean all() {
    return all;
  }

  /** How many runs of each plan. */
  int runs() {
    return runs == null ? 1 : runs;
  }

  /** The campaign's name, which is a new one unless one was given. */
  String name() {
    return name == null ? DrillProgram.newName("campaign") : name;
  }

  /** Wrong usage, before anything is started for nothing. */
  void require(CommandSpec command, int plans) {
    if (runs != null && (runs < 1 || runs * (long) plans > CampaignRules.MOST_RUNS)) {
      throw new ParameterException(
          command.commandLine(),
          "--runs takes a number from 1, and at most "
              + CampaignRules.MOST_RUNS
              + " runs of all plans together");
    }
    if (name != null && !NAME.matcher(name).matches()) {
      throw new ParameterException(
          command.commandLine(),
          "--campaign takes lower-case letters, digits and dashes, at most 63");
    }
  }
}
