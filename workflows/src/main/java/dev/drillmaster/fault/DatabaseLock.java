package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A table of a PostgreSQL server is locked in {@code ACCESS EXCLUSIVE} mode by a transaction that
 * does not end, so that whoever reads or writes it waits. The target is a PostgreSQL server.
 *
 * @param database its name
 * @param table its name, after its schema and a dot if that is not on the search path of the
 *     superuser; as it is in the catalogue, without quotes
 */
@JsonTypeName("database-lock")
public record DatabaseLock(String database, String table) implements ResourceExhaustion {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_$-]{0,62}");
  private static final Pattern DOT = Pattern.compile("\\.");

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!NAME.matcher(database).matches()) {
      problems.add("database must be a name");
    }
    String[] parts = DOT.split(table, -1);
    if (parts.length > 2 || !List.of(parts).stream().allMatch(NAME.asMatchPredicate())) {
      problems.add("table must be a name, or schema.name");
    }
    return problems;
  }

  @Override
  public Ending ending() {
    return Ending.SESSIONS;
  }

  @Override
  public String effect() {
    return "lock table " + table + " of database " + database;
  }

  @Override
  public String actsOn() {
    return "a PostgreSQL server";
  }
}
