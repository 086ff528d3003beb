package dev.drillmaster.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * What PostgreSQL notes about a data directory in {@code global/pg_control}, read from its bytes
 * because the tool that prints them is not part of our binaries. The layout of the fields read here
 * is the same in PostgreSQL 12 to 18 (src/include/catalog/pg_control.h).
 *
 * @param systemIdentifier the same for a primary and all copies of it
 * @param state what the server was doing when it wrote this
 * @param checkpoint where the record of the last checkpoint begins
 * @param timeline the timeline of that checkpoint
 */
record ControlFile(long systemIdentifier, State state, Lsn checkpoint, long timeline) {

  /** The states in PostgreSQL's order. */
  enum State {
    STARTUP,
    SHUT_DOWN,
    SHUT_DOWN_IN_RECOVERY,
    SHUTTING_DOWN,
    IN_CRASH_RECOVERY,
    IN_ARCHIVE_RECOVERY,
    IN_PRODUCTION
  }

  static final String FILE = "global/pg_control";

  /** A reader may catch the server in the middle of its writing. */
  private static final int ATTEMPTS = 20;

  private static final int OLDEST = 1200;
  private static final int NEWEST = 1899;
  private static final int VERSION = 8;
  private static final int STATE = 16;
  private static final int CHECKPOINT = 32;
  private static final int TIMELINE = 48;
  // The checksum follows the last field, so its place differs between versions.
  private static final int FIRST_CHECKSUM = 240;
  private static final int LAST_CHECKSUM = 400;

  /**
   * Reads the file of a data directory.
   *
   * @throws PostgresFailure if its version is unknown or its checksum stays wrong
   */
  static ControlFile read(Path data) throws IOException {
    byte[] bytes = bytes(data);
    for (int again = 0; again < ATTEMPTS && !isKnownAndWhole(bytes); again++) {
      bytes = bytes(data);
    }
    if (!isKnownAndWhole(bytes)) {
      throw new PostgresFailure(
          PostgresFailure.Kind.WRONG_STATE,
          data.resolve(FILE) + " is damaged, or of a version other than PostgreSQL 12 to 18");
    }
    ByteBuffer fields = fields(bytes);
    return new ControlFile(
        fields.getLong(0),
        State.values()[fields.getInt(STATE)],
        new Lsn(fields.getLong(CHECKPOINT)),
        Integer.toUnsignedLong(fields.getInt(TIMELINE)));
  }

  /** Whether the file of a data directory can be read and is not half written. */
  static boolean isWhole(Path data) throws IOException {
    return isKnownAndWhole(bytes(data));
  }

  private static byte[] bytes(Path data) throws IOException {
    return Files.readAllBytes(data.resolve(FILE));
  }

  private static ByteBuffer fields(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  }

  private static boolean isKnownAndWhole(byte[] bytes) {
    if (bytes.length < LAST_CHECKSUM + Integer.BYTES) {
      return false;
    }
    int version = fields(bytes).getInt(VERSION);
    return version >= OLDEST && version <= NEWEST && checksumIsRight(bytes);
  }

  private static boolean checksumIsRight(byte[] bytes) {
    for (int place = FIRST_CHECKSUM; place <= LAST_CHECKSUM; place += Integer.BYTES) {
      CRC32C checksum = new CRC32C();
      checksum.update(bytes, 0, place);
      if ((int) checksum.getValue() == fields(bytes).getInt(place)) {
        return true;
      }
    }
    return false;
  }
}
