package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.ArrayList;
import java.util.List;

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

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>(SqlName.problems("database", database));
    problems.addAll(SqlName.problemsOfTable(table));
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

  @Override
  public String needs() {
    return "a superuser of the server";
  }
}
