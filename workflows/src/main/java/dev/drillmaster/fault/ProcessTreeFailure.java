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

  @Override
  public Expiry expiry() {
    return Expiry.WATCHDOG;
  }

  @Override
  public Duration healTime() {
    return mode == Mode.FREEZE ? Duration.ofSeconds(2) : Duration.ofSeconds(15);
  }

  @Override
  public String effect() {
    return mode == Mode.FREEZE ? "freeze every process" : "kill every process";
  }
}
