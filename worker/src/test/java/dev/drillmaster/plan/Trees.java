package dev.drillmaster.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;

/** YAML as the JSON that it means, whether or not it is a plan. */
final class Trees {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Trees() {}

  /** The JSON of a text that must be YAML. */
  static JsonNode json(String yaml) {
    return json(Objects.requireNonNull(YamlText.read(yaml, new Problems()), yaml));
  }

  /** The JSON of a tree. */
  static JsonNode json(Tree tree) {
    if (tree instanceof Tree.Fields mapping) {
      ObjectNode object = JSON.objectNode();
      mapping.fields().forEach((name, field) -> object.set(name, json(field.value())));
      return object;
    }
    if (tree instanceof Tree.Items list) {
      ArrayNode array = JSON.arrayNode();
      list.items().forEach(item -> array.add(json(item)));
      return array;
    }
    Tree.Scalar scalar = (Tree.Scalar) tree;
    return switch (scalar.kind()) {
      case TEXT -> JSON.textNode(scalar.text());
      case WHOLE -> JSON.numberNode(whole(scalar.text()));
      case DECIMAL -> JSON.numberNode(new BigDecimal(scalar.text()));
      case TRUTH -> JSON.booleanNode(Boolean.parseBoolean(scalar.text()));
      case NOTHING, UNKNOWN -> JSON.nullNode();
    };
  }

  private static BigInteger whole(String text) {
    if (text.startsWith("0x")) {
      return new BigInteger(text.substring(2), 16);
    }
    return text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text);
  }
}
