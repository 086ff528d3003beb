package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The drill proxy cuts a route and lets it pass by turns, as a link with a loose contact does:
 * clients reconnect, and lose their connection's answers again. The target is a route.
 *
 * @param cut how long nothing passes each time, from 10 ms to 1 minute; 2 s if absent
 * @param pass how long everything passes each time, from 10 ms to 1 minute; 1 s if absent
 * @param direction which way nothing passes; both if absent
 */
@JsonTypeName("proxy-flapping")
public record ProxyFlapping(Duration cut, Duration pass, Direction direction)
    implements NetworkPartition {

  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  public ProxyFlapping(
      @Nullable Duration cut, @Nullable Duration pass, @Nullable Direction direction) {
    this.cut = cut == null ? Duration.ofSeconds(2) : cut;
    this.pass = pass == null ? Duration.ofSeconds(1) : pass;
    this.direction = direction == null ? Direction.BOTH : direction;
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (isOutside(cut)) {
      problems.add(
          "cut must be from 10ms to 1m: to cut for as long as it is held, use proxy-partition");
    }
    if (isOutside(pass)) {
      problems.add("pass must be from 10ms to 1m");
    }
    return problems;
  }

  private static boolean isOutside(Duration turn) {
    return turn.compareTo(SHORTEST) < 0 || turn.compareTo(LONGEST) > 0;
  }

  @Override
  public Ending ending() {
    return Ending.PROXY_RULE;
  }

  /** One route may be slow and flap at once. */
  @Override
  public boolean mayShareTargetWith(Fault other) {
    return other instanceof ProxyLatency;
  }

  @Override
  public String effect() {
    return "cut "
        + direction.text()
        + " for "
        + cut.toMillis()
        + " ms of every "
        + cut.plus(pass).toMillis();
  }

  @Override
  public String actsOn() {
    return "a route of the drill proxy";
  }
}
