package dev.drillmaster.steadystate;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Does something accept connections?
 *
 * @param name what is asked
 * @param endpoint a name that the host defines, such as {@code database}, or {@code HOST:PORT}
 * @param timeout to connect; one second if absent
 */
@JsonTypeName("tcp")
public record TcpProbe(String name, String endpoint, Duration timeout) implements Probe {
  public TcpProbe(String name, String endpoint, @Nullable Duration timeout) {
    this.name = name;
    this.endpoint = endpoint;
    this.timeout = timeout == null ? Duration.ofSeconds(1) : timeout;
  }
}
