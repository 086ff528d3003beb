package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a PostgreSQL server are taken, so that ordinary roles are refused: "too many
 * clients". Who is connected stays so, what they give back others may have, and the connections
 * that the server reserves for superusers are left. The target is a PostgreSQL server.
 *
 * @param leave how many connections others may still make, 0 to 10000; none if absent
 */
@JsonTypeName("database-connections")
public record DatabaseConnections(Integer leave) implements ResourceExhaustion {

  private static final int MOST = 10_000;

  public DatabaseConnections(@Nullable Integer leave) {
    this.leave = leave == null ? 0 : leave;
  }

  @Override
  public List<String> problems() {
    return leave < 0 || leave > MOST ? List.of("leave must be 0 to " + MOST) : List.of();
  }

  @Override
  public Ending ending() {
    return Ending.SESSIONS;
  }

  @Override
  public String effect() {
    return leave == 0 ? "take every connection" : "take all but " + leave + " connections";
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
