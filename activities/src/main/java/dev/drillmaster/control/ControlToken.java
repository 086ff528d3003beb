package dev.drillmaster.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The secret that a caller of a control port shows. It is never printed. */
public final class ControlToken {

  private final String authorization;

  private ControlToken(String token) {
    this.authorization = "Bearer " + token;
  }

  /** Makes a new token of 256 random bits and writes it into a private file. */
  public static ControlToken create(Path file) throws IOException {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    PrivateFile.write(file, token + "\n");
    return new ControlToken(token);
  }

  /** The token in a private file; see {@link PrivateFile#read} for when this is refused. */
  public static ControlToken read(Path file) throws IOException {
    return new ControlToken(PrivateFile.read(file));
  }

  /** The value of the {@code Authorization} header that a client sends. */
  public String authorization() {
    return authorization;
  }

  /** Whether this header value shows the token; takes the same time wherever they differ. */
  public boolean isShownBy(@Nullable String header) {
    return header != null
        && MessageDigest.isEqual(
            header.getBytes(StandardCharsets.UTF_8),
            authorization.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "ControlToken[hidden]";
  }
}
