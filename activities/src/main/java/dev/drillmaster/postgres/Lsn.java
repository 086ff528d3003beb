package dev.drillmaster.postgres;

/**
 * A position in the write-ahead log, in bytes since its beginning.
 *
 * @param bytes unsigned
 */
public record Lsn(long bytes) implements Comparable<Lsn> {

  /**
   * Reads PostgreSQL's own notation.
   *
   * @param text two hexadecimal numbers such as {@code 0/3000148}
   */
  public static Lsn parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 1) {
      throw new IllegalArgumentException("not a WAL position (expected e.g. 0/3000148): " + text);
    }
    long high = Long.parseLong(text.substring(0, slash), 16);
    long low = Long.parseLong(text.substring(slash + 1), 16);
    return new Lsn(high << 32 | low);
  }

  /**
   * How many bytes of log lie between an earlier position and this one; negative if it is later.
   */
  public long minus(Lsn earlier) {
    return bytes - earlier.bytes;
  }

  /** Whether this position is at or behind the other. */
  public boolean reaches(Lsn other) {
    return compareTo(other) >= 0;
  }

  @Override
  public int compareTo(Lsn other) {
    return Long.compareUnsigned(bytes, other.bytes);
  }

  /** PostgreSQL's own notation. */
  @Override
  public String toString() {
    return "%X/%X".formatted(bytes >>> 32, bytes & 0xFFFF_FFFFL);
  }
}
