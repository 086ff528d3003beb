package dev.drillmaster.orchestrator;

/** The variables or profiles of the Temporal CLI cannot be used. */
public final class WrongProfile extends RuntimeException {
  WrongProfile(Throwable cause) {
    super(
        "the settings of the Temporal CLI cannot be used: put right the TEMPORAL_ variables, or the"
            + " profile in the file that TEMPORAL_CONFIG_FILE names (else"
            + " ~/.config/temporalio/temporal.toml), or give --temporal dev",
        cause);
  }
}
