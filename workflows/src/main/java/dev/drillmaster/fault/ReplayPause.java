package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Duration;

/**
 * A standby goes on receiving the log of its primary and replays none of it: it answers readers as
 * quickly as before, with how things were. Promoted, it replays the rest first. The target is a
 * PostgreSQL server that is a standby.
 */
@JsonTypeName("replay-pause")
public record ReplayPause() implements ByzantineFault {

  private static final Ending RESUMED =
      new Ending(
          Expiry.WATCHDOG,
          Duration.ofSeconds(2),
          "the server replays, is no standby any more, or does not run");

  @Override
  public Ending ending() {
    return RESUMED;
  }

  @Override
  public String effect() {
    return "pause the replay";
  }

  @Override
  public String actsOn() {
    return "a PostgreSQL standby";
  }

  @Override
  public String needs() {
    return "a superuser of the server";
  }
}
