package dev.drillmaster.measure;

/**
 * A position in PostgreSQL's write-ahead log, in bytes.
 *
 * @param bytes never negative in practice: 2^63 bytes are never reached
 */
public record Lsn(long bytes) implements Comparable<Lsn> {

  /**
   * Reads PostgreSQL's form, such as {@code 16/B374D848}.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static Lsn parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 1) {
      throw new IllegalArgumentException("a position is HEX/HEX, such as 16/B374D848, not " + text);
    }
    return new Lsn(
        Long.parseLong(text.substring(0, slash), 16) << 32
            | Long.parseLong(text.substring(slash + 1), 16));
  }

  @Override
  public int compareTo(Lsn other) {
    return Long.compare(bytes, other.bytes);
  }

  @Override
  public String toString() {
    return Long.toHexString(bytes >>> 32).toUpperCase(java.util.Locale.ROOT)
        + "/"
        + Long.toHexString(bytes & 0xffff_ffffL).toUpperCase(java.util.Locale.ROOT);
  }
}
