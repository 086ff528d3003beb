package dev.drillmaster.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Who connects. The password stays in its file; it is read when it is needed.
 *
 * @param user the role
 * @param passwordFile a file that only its owner can read, holding the password and nothing else
 */
public record Credentials(String user, Path passwordFile) {

  /** Makes a new random password unless the file is there. */
  public static Credentials create(String user, Path passwordFile) throws IOException {
    if (!Files.exists(passwordFile)) {
      Files.createDirectories(passwordFile.toAbsolutePath().getParent());
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      Files.createFile(
          passwordFile,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          passwordFile, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }
    return new Credentials(user, passwordFile);
  }

  /** The password. Never log it, never pass it as an argument. */
  public String password() throws IOException {
    return Files.readString(passwordFile).trim();
  }
}
