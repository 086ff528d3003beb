package dev.drillmaster.injector;

import dev.drillmaster.fault.RowCorruption;
import java.io.IOException;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * What to say to a server about the rows of one fault. Values are compared as they are stored,
 * since 1.0 and 1.00 are equal and not the same.
 *
 * @param table quoted
 * @param before quoted; the table with what the rows held before
 * @param column quoted
 * @param key the columns of the primary key, quoted, with commas between
 * @param same true of a row {@code t} of the table and its row {@code b} in the other
 * @param wrong the wrong value, of the column's type
 */
record CorruptRows(
    String table, String before, String column, String key, String same, String wrong) {

  private static final String TYPE =
      """
      SELECT format_type(atttypid, atttypmod) FROM pg_attribute
       WHERE attrelid = to_regclass(?) AND attname = ? AND attnum > 0 AND NOT attisdropped
         AND attgenerated = ''
      """;

  private static final String KEY =
      """
      SELECT string_agg(format(?, attname), ? ORDER BY position)
        FROM pg_index CROSS JOIN unnest(indkey::int2[]) WITH ORDINALITY AS part (attnum, position)
        JOIN pg_attribute ON attrelid = indrelid AND pg_attribute.attnum = part.attnum
       WHERE indrelid = to_regclass(?) AND indisprimary
      """;

  private static final String IN_KEY =
      """
      SELECT count(*) FROM pg_index CROSS JOIN unnest(indkey::int2[]) AS part
        JOIN pg_attribute ON attrelid = indrelid AND attnum = part
       WHERE indrelid = to_regclass(?) AND indisprimary AND attname = ?
      """;

  /** With the answers of the server's catalogue; null if the table is not there. */
  static @Nullable CorruptRows of(Connection server, RowCorruption fault, String before)
      throws IOException {
    String table = Sql.quoted(fault.table());
    if (!Sql.hasTable(server, table)) {
      return null;
    }
    String type = Sql.answer(server, TYPE, table, fault.column());
    String wrong = Sql.answer(server, "SELECT quote_literal(?)", fault.value()) + "::" + type;
    return new CorruptRows(
        table,
        Sql.quoted(before),
        Sql.quoted(fault.column()),
        Sql.answer(server, KEY, "%I", ", ", table),
        Sql.answer(server, KEY, "t.%1$I = b.%1$I", " AND ", table),
        wrong);
  }

  /**
   * The rows of a fault that can be injected.
   *
   * @throws RefusedException if it cannot, saying why
   */
  static CorruptRows require(Connection server, RowCorruption fault, String before)
      throws IOException {
    String table = fault.table();
    @Nullable CorruptRows rows = of(server, fault, before);
    if (rows == null) {
      throw new RefusedException("database " + fault.database() + " has no table " + table);
    }
    if (Sql.answer(server, TYPE, rows.table, fault.column()).isEmpty()) {
      throw new RefusedException("table " + table + " has no column " + fault.column());
    }
    if (rows.key.equals(Sql.NULL)) {
      throw new RefusedException("table " + table + " has no primary key to find its rows by");
    }
    if (Sql.number(server, IN_KEY, rows.table, fault.column()) > 0) {
      throw new RefusedException(
          "column " + fault.column() + " is of the primary key of " + table + ": name another");
    }
    return rows;
  }

  /** Whether others could be changed, too: no more are counted than are wanted. */
  String countEligible(int wanted) {
    return "SELECT count(*) FROM (SELECT FROM %s t WHERE NOT record_image_eq(ROW(t.%s), ROW(%s)) LIMIT %d) each"
        .formatted(table, column, wrong, wanted);
  }

  /** Rows that somebody changes just now are waited for, so that what is kept is the newest. */
  String keep(int wanted, long seed) {
    return """
        CREATE TABLE %s AS WITH chosen AS (
          SELECT %s, t.%s FROM %s t WHERE NOT record_image_eq(ROW(t.%3$s), ROW(%s))
           ORDER BY md5(ROW(%2$s)::text || '%d') LIMIT %d FOR UPDATE)
        SELECT * FROM chosen
        """
        .formatted(before, key, column, table, wrong, seed, wanted);
  }

  String change() {
    return "UPDATE %s t SET %s = %s FROM %s b WHERE %s"
        .formatted(table, column, wrong, before, same);
  }

  String restore() {
    return "UPDATE %s t SET %s = b.%2$s FROM %s b WHERE %s AND record_image_eq(ROW(t.%2$s), ROW(%s))"
        .formatted(table, column, before, same, wrong);
  }

  String countChanged() {
    return "SELECT count(*) FROM %s t JOIN %s b ON %s WHERE record_image_eq(ROW(t.%s), ROW(%s))"
        .formatted(table, before, same, column, wrong);
  }

  String countNotAsBefore() {
    return "SELECT count(*) FROM %s b LEFT JOIN %s t ON %s WHERE NOT record_image_eq(ROW(t.%s), ROW(b.%4$s))"
        .formatted(before, table, same, column);
  }

  String drop() {
    return "DROP TABLE " + before;
  }
}
