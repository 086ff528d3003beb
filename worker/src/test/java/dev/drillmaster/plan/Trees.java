package dev.drillmaster.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.Objects;

/** YAML as the JSON that it means, whether or not it is a plan. */
final class Trees {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Any number that is not whole: no field of a plan has a bound for those. */
  private static final JsonNode FRACTION = JSON.numberNode(0.5);

  private Trees() {}

  /** The JSON of a text that must be YAML. */
  static JsonNode json(String yaml) {
    return json(Objects.requireNonNull(YamlText.read(yaml, new Problems("plan")), yaml));
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
      case WHOLE -> whole(scalar.text());
      case DECIMAL -> FRACTION;
      case TRUTH -> JSON.booleanNode(Boolean.parseBoolean(scalar.text()));
      case NOTHING, UNKNOWN -> JSON.nullNode();
    };
  }

  /** To JSON Schema 5.0 and 0x1F are whole numbers; a plan may be stricter there. */
  private static JsonNode whole(String text) {
    return text.matches("[-+]?[0-9]+") ? JSON.numberNode(new BigInteger(text)) : FRACTION;
  }
}
