package dev.drillmaster.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The style or the script of every page, as it ships with the program.
 *
 * @param element the element that holds it
 * @param text what it says
 */
record Asset(String element, String text) {

  static final Asset STYLE = read("style", "report.css");
  static final Asset SCRIPT = read("script", "report.js");

  private static Asset read(String element, String file) {
    try (InputStream stream = Asset.class.getResourceAsStream("/report/" + file)) {
      if (stream == null) {
        throw new IllegalStateException(file + " is not in the program");
      }
      return new Asset(element, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** As a policy names it: a browser runs and applies this text and no other. */
  String source() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
