package dev.drillmaster.ledger;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The bytes of an audit entry that are hashed, by recipe 1: JSON in UTF-8, keys sorted by UTF-16
 * code unit, no insignificant white space, numbers in plain decimal notation without an exponent or
 * trailing zeros.
 */
final class CanonicalBytes {

  /** The recipe that {@link #of} follows; stored beside the bytes. */
  static final short RECIPE = 1;

  private CanonicalBytes() {}

  static byte[] of(JsonNode entry) {
    StringBuilder text = new StringBuilder(512);
    append(entry, text);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The entry's leaf in a Merkle tree as RFC 6962 has it. */
  static byte[] leafHash(byte[] canonical) {
    MessageDigest digest = sha256();
    digest.update((byte) 0);
    return digest.digest(canonical);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  private static void append(JsonNode node, StringBuilder text) {
    if (node.isObject()) {
      object(node, text);
    } else if (node.isArray()) {
      array(node, text);
    } else if (node.isNumber()) {
      number(node.decimalValue(), text);
    } else if (node.isTextual()) {
      text.append('"')
          .append(JsonStringEncoder.getInstance().quoteAsString(node.textValue()))
          .append('"');
    } else {
      text.append(node.asText());
    }
  }

  private static void object(JsonNode node, StringBuilder text) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    Collections.sort(names);
    char before = '{';
    for (String name : names) {
      text.append(before)
          .append('"')
          .append(JsonStringEncoder.getInstance().quoteAsString(name))
          .append("\":");
      append(node.get(name), text);
      before = ',';
    }
    text.append(names.isEmpty() ? "{}" : "}");
  }

  private static void array(JsonNode node, StringBuilder text) {
    char before = '[';
    for (JsonNode element : node) {
      text.append(before);
      append(element, text);
      before = ',';
    }
    text.append(node.isEmpty() ? "[]" : "]");
  }

  private static void number(BigDecimal value, StringBuilder text) {
    // stripTrailingZeros leaves 0.000 as it is before Java 8 and zero as 0 after; toPlainString has
    // no exponent.
    text.append(value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString());
  }
}
