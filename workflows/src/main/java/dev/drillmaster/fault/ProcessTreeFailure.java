package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Duration;

/**
 * Every process of a service is killed or frozen, each by pid and start time, until none runs. All
 * of them, because a PostgreSQL of which only the postmaster is killed or stopped goes on
 * committing for seconds.
 *
 * @param mode what happens to the processes
 */
@JsonTypeName("process-tree")
public record ProcessTreeFailure(Mode mode) implements ServiceFailure {

  /** What happens to the processes. */
  public enum Mode {
    /**
     * SIGKILL. Healed by starting the service again, which for a database includes crash recovery.
     */
    @JsonProperty("kill")
    KILL,
    /**
     * SIGSTOP. Healed by SIGCONT; connections stay open and hang, which is the harder failure to
     * notice.
     */
    @JsonProperty("freeze")
    FREEZE
  }

  private static final Ending KILLED =
      new Ending(
          Expiry.WATCHDOG,
          Duration.ofSeconds(15),
          "the service runs and answers; if it is fenced, it does not accept writes");

  private static final Ending FROZEN =
      new Ending(
          Expiry.WATCHDOG,
          Duration.ofSeconds(2),
          "none of the processes that were frozen is; if it is fenced, it does not accept writes");

  @Override
  public Ending ending() {
    return mode == Mode.FREEZE ? FROZEN : KILLED;
  }

  @Override
  public String effect() {
    return mode == Mode.FREEZE ? "freeze every process" : "kill every process";
  }

  @Override
  public String actsOn() {
    return "a service";
  }
}
