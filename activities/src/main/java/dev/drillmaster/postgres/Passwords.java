package dev.drillmaster.postgres;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Passwords of database roles, each in a file that only its owner may read, in the format of
 * libpq's {@code passfile}: psql and a standby read them from there, we hand them to the driver.
 * They never are program arguments, environment or log lines. Servers that are copies of each other
 * share one such directory.
 *
 * @param directory where the files are
 */
public record Passwords(Path directory) {

  /** The role that initdb makes, which may do everything. */
  public static final String SUPERUSER = "postgres";

  /** The role with which a standby receives the log. */
  public static final String REPLICATION = "replicator";

  private static final int RANDOM_BYTES = 24;

  /**
   * Makes a random password for a role, unless it has one. Of two programs that do so at once one
   * wins, for both.
   *
   * @return the passfile
   */
  public Path create(String role) throws IOException {
    Path file = passfile(role);
    if (Files.exists(file)) {
      return file;
    }
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path fresh = directory.resolve(file.getFileName() + "." + UUID.randomUUID());
    try {
      DurableFiles.writeFresh(fresh, "*:*:*:" + role + ":" + random() + "\n");
      // A link, not a rename: it fails if the other program was faster.
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException anotherWasFaster) {
      return file;
    } finally {
      DurableFiles.delete(fresh);
    }
    return file;
  }

  /** The file with the password of a role, whether it exists or not. */
  public Path passfile(String role) {
    return directory.resolve(role + ".pgpass").toAbsolutePath();
  }

  /** The password of a role, to be given to the driver and to nobody else. */
  public String read(String role) throws IOException {
    String line = Files.readString(passfile(role)).strip();
    return line.substring(line.lastIndexOf(':') + 1);
  }

  /**
   * What CREATE ROLE and ALTER ROLE take in the place of the password, so that the server never
   * sees it; a new one each time. It holds no quotes.
   */
  public String verifier(String role) throws IOException {
    return ScramVerifier.of(read(role));
  }

  private static String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
