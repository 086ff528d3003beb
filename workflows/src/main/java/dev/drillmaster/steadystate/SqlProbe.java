package dev.drillmaster.steadystate;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Does a query answer with the wanted text? It runs in a read-only transaction.
 *
 * @param name what is asked
 * @param database a database that the host defines, such as {@code service-database}; {@code
 *     primary} and {@code standby} are those that were it when the run began
 * @param query one query; the first column of its first row is the answer
 * @param equals the wanted answer as text
 * @param timeout for connection and query; one second if absent
 */
@JsonTypeName("sql")
public record SqlProbe(String name, String database, String query, String equals, Duration timeout)
    implements Probe {
  public SqlProbe(
      String name, String database, String query, String equals, @Nullable Duration timeout) {
    this.name = name;
    this.database = database;
    this.query = query;
    this.equals = equals;
    this.timeout = timeout == null ? Duration.ofSeconds(1) : timeout;
  }
}
