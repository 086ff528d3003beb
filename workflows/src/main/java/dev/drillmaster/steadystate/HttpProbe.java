package dev.drillmaster.steadystate;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Does a GET answer with the wanted status?
 *
 * @param name what is asked
 * @param endpoint a name that the host defines, such as {@code service-1}, or a URL
 * @param path appended to the endpoint; {@code /} if absent
 * @param status the wanted status; 200 if absent
 * @param timeout for the whole answer; one second if absent
 */
@JsonTypeName("http")
public record HttpProbe(String name, String endpoint, String path, Integer status, Duration timeout)
    implements Probe {
  public HttpProbe(
      String name,
      String endpoint,
      @Nullable String path,
      @Nullable Integer status,
      @Nullable Duration timeout) {
    this.name = name;
    this.endpoint = endpoint;
    this.path = path == null ? "/" : path;
    this.status = status == null ? 200 : status;
    this.timeout = timeout == null ? Duration.ofSeconds(1) : timeout;
  }
}
