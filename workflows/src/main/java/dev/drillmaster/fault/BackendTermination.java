package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that ordinary roles have with a database are ended again and again, as by a server
 * whose backends crash: clients reconnect, and lose what they had begun. Superusers are spared. The
 * target is a PostgreSQL server.
 *
 * @param database its name
 * @param every how often, from 50 ms to 1 s; 200 ms if absent
 */
@JsonTypeName("backend-termination")
public record BackendTermination(String database, Duration every) implements ServiceFailure {

  private static final Duration SHORTEST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  public BackendTermination(String database, @Nullable Duration every) {
    this.database = database;
    this.every = every == null ? Duration.ofMillis(200) : every;
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>(SqlName.problems("database", database));
    if (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0) {
      problems.add("every must be from 50ms to 1s");
    }
    return problems;
  }

  @Override
  public Ending ending() {
    return Ending.SESSIONS;
  }

  @Override
  public String effect() {
    return "end each session with database %s every %d ms".formatted(database, every.toMillis());
  }

  @Override
  public String actsOn() {
    return "a PostgreSQL server";
  }

  @Override
  public String needs() {
    return "a superuser of the server";
  }
}
