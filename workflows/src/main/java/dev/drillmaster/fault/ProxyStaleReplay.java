package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The drill proxy keeps the first answer that an HTTP/1.1 service gives to a GET after the
 * injection, and gives it again to all that ask the same later, however the service has changed.
 * The same is: path and query, and what answers commonly depend on (such as Authorization, Cookie,
 * Accept and Range), so that nobody gets what was for somebody else. Of a service, 128 answers are
 * kept, of at most 64 KiB each; others pass and are counted. The target is a route.
 *
 * @param path only requests whose path begins so; all if absent. It is itself asked for by GET,
 *     before and after the injection, to see what answers
 */
@JsonTypeName("proxy-stale-replay")
public record ProxyStaleReplay(String path) implements ByzantineFault {

  public ProxyStaleReplay(@Nullable String path) {
    this.path = path == null ? HttpPath.ALL : path;
  }

  @Override
  public List<String> problems() {
    return HttpPath.problems(path);
  }

  @Override
  public Ending ending() {
    return Ending.PROXY_RULE;
  }

  @Override
  public String effect() {
    return "repeat the first answer to each GET of " + path;
  }

  @Override
  public String actsOn() {
    return HttpPath.ACTS_ON;
  }
}
