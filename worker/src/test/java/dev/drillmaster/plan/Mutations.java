package dev.drillmaster.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Plans that were right, broken as hands, editors, templates and disks break them. */
final class Mutations {

  /** What stands where it should not. */
  private static final List<String> TOKENS =
      List.of(
          "null",
          "~",
          "",
          "5",
          "-1",
          "0",
          "5 parsecs",
          "5",
          "1.5h",
          "999999999999h",
          "0x1F",
          ".nan",
          "1e400",
          "99999999999999999999",
          "true",
          "yes",
          "[]",
          "{}",
          "[[[[",
          "{a: {a: {a: 1}}}",
          "\"x",
          "'",
          "&a",
          "*a",
          "<<",
          "!!binary",
          "!",
          "---",
          "...",
          "|",
          ">",
          "%TAG",
          "@",
          "`",
          "${rate}",
          "${",
          "${nothing}",
          "\t",
          "\u00e9\ud83d\ude80",
          "\u0000",
          "\u001b[31m",
          "\"\\e[31m\"",
          "step",
          "inject",
          "kill",
          "x".repeat(5000));

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9.-]+");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Random random;
  private final List<String> plans;

  Mutations(long seed, List<String> plans) {
    this.random = new Random(seed);
    this.plans = plans;
  }

  /** The next one. */
  byte[] next() {
    String text = pick(plans);
    if (random.nextInt(3) == 0) {
      return tree(text).toString().getBytes(StandardCharsets.UTF_8);
    }
    for (int count = 1 + random.nextInt(3); count > 0; count--) {
      text = random.nextBoolean() ? lines(text) : words(text);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return random.nextInt(4) == 0 ? bytes(bytes) : bytes;
  }

  private <T> T pick(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  private byte[] bytes(byte[] text) {
    byte[] bytes = text.clone();
    for (int count = random.nextInt(8); count > 0; count--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  private String lines(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    int at = random.nextInt(lines.size());
    switch (random.nextInt(8)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(at, pick(lines));
      case 2 -> Collections.swap(lines, at, random.nextInt(lines.size()));
      case 3 -> lines.set(at, " ".repeat(random.nextInt(4)) + lines.get(at));
      case 4 -> lines.set(at, lines.get(at).replaceFirst("^ {1,2}", ""));
      case 5 -> lines.set(at, lines.get(at).replaceFirst("^  ", "\t"));
      case 6 -> lines.add(at, pick(TOKENS));
      default -> lines.addAll(at, List.copyOf(lines.subList(0, random.nextInt(lines.size()))));
    }
    return String.join("\n", lines) + "\n";
  }

  private String words(String text) {
    List<MatchResult> words = WORD.matcher(text).results().toList();
    if (words.isEmpty()) {
      return text;
    }
    MatchResult word = pick(words);
    String put =
        switch (random.nextInt(5)) {
          case 0 -> pick(words).group();
          case 1 -> misspelt(word.group());
          case 2 -> word.group() + pick(TOKENS);
          case 3 -> "[".repeat(random.nextInt(200)) + word.group();
          default -> pick(TOKENS);
        };
    return text.substring(0, word.start()) + put + text.substring(word.end());
  }

  private String misspelt(String word) {
    int at = random.nextInt(word.length());
    return word.substring(0, at) + (char) ('a' + random.nextInt(26)) + word.substring(at + 1);
  }

  /** Right as YAML, wrong as a plan, most of the time. */
  private JsonNode tree(String text) {
    JsonNode tree = Trees.json(text);
    for (int count = 1 + random.nextInt(3); count > 0; count--) {
      List<JsonNode> inner = new ArrayList<>();
      collect(tree, inner);
      JsonNode at = pick(inner);
      if (at instanceof ObjectNode object) {
        fields(object, inner);
      } else if (at instanceof ArrayNode array) {
        items(array, inner);
      }
    }
    return tree;
  }

  private static void collect(JsonNode node, List<JsonNode> inner) {
    if (node.isContainerNode()) {
      inner.add(node);
      node.forEach(child -> collect(child, inner));
    }
  }

  private void fields(ObjectNode object, List<JsonNode> inner) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    String name = names.isEmpty() ? "x" : pick(names);
    switch (random.nextInt(4)) {
      case 0 -> object.remove(name);
      case 1 -> object.set(misspelt(name), object.remove(name));
      default -> object.set(name, value(inner));
    }
  }

  private void items(ArrayNode array, List<JsonNode> inner) {
    if (array.isEmpty() || random.nextInt(3) == 0) {
      array.insert(random.nextInt(array.size() + 1), value(inner));
    } else if (random.nextBoolean()) {
      array.remove(random.nextInt(array.size()));
    } else {
      array.set(random.nextInt(array.size()), value(inner));
    }
  }

  private JsonNode value(List<JsonNode> inner) {
    return switch (random.nextInt(7)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.numberNode(random.nextLong());
      case 2 -> JSON.numberNode(random.nextInt(100));
      case 3 -> JSON.booleanNode(random.nextBoolean());
      case 4 -> pick(inner).deepCopy();
      default -> JSON.textNode(pick(TOKENS));
    };
  }
}
