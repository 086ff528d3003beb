package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The drill proxy gives answers of an HTTP/1.1 service another status than the service did; their
 * fields and bodies are the service's own. What was asked for has been done. The target is a route.
 *
 * @param status what the answers say, from 200 to 599, but none of 204, 205 and 304, which have no
 *     body
 * @param percent of the answers, 1 to 100, spread evenly and not by chance; all if absent
 * @param path only answers to requests whose path begins so; all if absent. It is itself asked for
 *     by GET, before and after the injection, to see what answers
 */
@JsonTypeName("proxy-wrong-status")
public record ProxyWrongStatus(int status, Integer percent, String path) implements ByzantineFault {

  private static final List<Integer> WITHOUT_BODY = List.of(204, 205, 304);

  public ProxyWrongStatus(int status, @Nullable Integer percent, @Nullable String path) {
    this.status = status;
    this.percent = percent == null ? 100 : percent;
    this.path = path == null ? HttpPath.ALL : path;
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>(HttpPath.problems(path));
    if (status < 200 || status > 599 || WITHOUT_BODY.contains(status)) {
      problems.add("status must be from 200 to 599, but not 204, 205 or 304: those have no body");
    }
    if (percent < 1 || percent > 100) {
      problems.add("percent must be 1 to 100");
    }
    return problems;
  }

  @Override
  public Ending ending() {
    return Ending.PROXY_RULE;
  }

  @Override
  public String effect() {
    return "say status %d in %d percent of the answers to %s".formatted(status, percent, path);
  }

  @Override
  public String actsOn() {
    return HttpPath.ACTS_ON;
  }
}
