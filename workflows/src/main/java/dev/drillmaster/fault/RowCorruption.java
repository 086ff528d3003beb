package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of some rows holds a wrong value, written below the application: no trigger fires and no
 * foreign key is looked at. What was there is kept in a table beside it, made in the same
 * transaction, and put back byte for byte; a row that others have changed meanwhile is left alone,
 * and counted. The target is a PostgreSQL server that takes writes.
 *
 * @param database its name
 * @param table its name, after its schema and a dot if that is not on the search path of the
 *     superuser; as it is in the catalogue, without quotes; it needs a primary key
 * @param column its name; not of the primary key
 * @param value what is written there, as text
 * @param rows how many rows, 1 to 100000; 1 if absent
 * @param seed which rows: the same seed chooses the same ones of the same rows; 0 if absent
 */
@JsonTypeName("row-corruption")
public record RowCorruption(
    String database, String table, String column, String value, Integer rows, Long seed)
    implements DataCorruption {

  private static final int MOST = 100_000;

  private static final Ending RESTORED =
      new Ending(
          Expiry.WATCHDOG,
          Duration.ofSeconds(15),
          "each row holds what it held before, byte for byte, or what others wrote since; or the"
              + " server has no data any more");

  public RowCorruption(
      String database,
      String table,
      String column,
      String value,
      @Nullable Integer rows,
      @Nullable Long seed) {
    this.database = database;
    this.table = table;
    this.column = column;
    this.value = value;
    this.rows = rows == null ? 1 : rows;
    this.seed = seed == null ? 0 : seed;
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>(SqlName.problems("database", database));
    problems.addAll(SqlName.problemsOfTable(table));
    problems.addAll(SqlName.problems("column", column));
    if (rows < 1 || rows > MOST) {
      problems.add("rows must be 1 to " + MOST);
    }
    return problems;
  }

  @Override
  public Ending ending() {
    return RESTORED;
  }

  @Override
  public String effect() {
    String of = rows == 1 ? " of one row" : " of " + rows + " rows";
    return "write \"%s\" to %s%s in table %s of database %s"
        .formatted(value, column, of, table, database);
  }

  @Override
  public String actsOn() {
    return "a PostgreSQL server that takes writes";
  }

  @Override
  public String needs() {
    return "a superuser of the server, a table with a primary key";
  }
}
