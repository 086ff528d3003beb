package dev.drillmaster.lab.service;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How one service proves to another that an answer is its own, complete, and to this question: a
 * code over the question's number and the body, by a key that both have and nobody between them.
 */
final class Statement {

  static final String PATH = "/statement";

  /** A number that the caller has never used before. */
  static final String NONCE = "Statement-Nonce";

  static final String CODE = "Statement-Code";

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /** The key is of the password that all services of a lab have. */
  Statement(String password) {
    this.key = new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /** The code of a body that answers the question with this number. */
  String code(String nonce, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((nonce + "\n").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
    }
  }

  boolean proves(String code, String nonce, byte[] body) {
    return MessageDigest.isEqual(
        code.getBytes(StandardCharsets.UTF_8), code(nonce, body).getBytes(StandardCharsets.UTF_8));
  }
}
