package dev.drillmaster.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drillmaster.wire.DurationText;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What may stand at a place of a plan. Read from our records by {@link Shapes}, so that there is no
 * list of fields beside them; checks texts here, and becomes the published JSON Schema in a test.
 *
 * <p>A general validator of JSON Schema was weighed and not taken: it reports places as pointers, a
 * wrong field of one of many kinds as an error of each, and knows no nearest name; to turn that
 * into sentences takes more code than to check. A test holds both against each other.
 */
sealed interface Shape {

  /** What is wanted, to go on after "must be". */
  String wanted();

  /**
   * The part as JSON for our mapper, or null if it is not what is wanted, of which the problems are
   * told.
   */
  @Nullable JsonNode read(Tree part, String path, Problems problems);

  /** Tells that a part is not of this shape, unless it was told already. */
  default void refuse(Tree part, String path, String hint, Problems problems) {
    if (!(part instanceof Tree.Scalar scalar && scalar.kind() == Tree.Kind.UNKNOWN)) {
      problems.add(
          part.place(), path, "must be " + wanted() + ", but is " + part.described() + hint);
    }
  }

  /** A single value. */
  sealed interface Value extends Shape {

    /** The value, or null if it is none of this shape. */
    @Nullable JsonNode read(Tree.Scalar scalar);

    /** What to do about a value that is none of this shape. */
    default String hint(Tree.Scalar scalar) {
      return "";
    }

    @Override
    default @Nullable JsonNode read(Tree part, String path, Problems problems) {
      JsonNode value = part instanceof Tree.Scalar scalar ? read(scalar) : null;
      if (value == null) {
        refuse(part, path, part instanceof Tree.Scalar scalar ? hint(scalar) : "", problems);
      }
      return value;
    }
  }

  /** Any text. */
  record Text() implements Value {
    @Override
    public String wanted() {
      return "a text";
    }

    @Override
    public @Nullable JsonNode read(Tree.Scalar scalar) {
      return scalar.kind() == Tree.Kind.TEXT
          ? JsonNodeFactory.instance.textNode(scalar.text())
          : null;
    }

    @Override
    public String hint(Tree.Scalar scalar) {
      return scalar.kind() == Tree.Kind.NOTHING
          ? ""
          : ": put it in quotes, " + Wording.quoted(scalar.text());
    }
  }

  /**
   * A text of a certain look.
   *
   * @param wanted what looks so
   * @param look a regular expression
   */
  record Looking(String wanted, Pattern look) implements Value {
    @Override
    public @Nullable JsonNode read(Tree.Scalar scalar) {
      return scalar.kind() == Tree.Kind.TEXT && look.matcher(scalar.text()).matches()
          ? JsonNodeFactory.instance.textNode(scalar.text())
          : null;
    }
  }

  /** A whole number within bounds. */
  record Whole(long least, long most) implements Value {

    private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]{1,20}");

    @Override
    public String wanted() {
      return "a whole number";
    }

    @Override
    public String hint(Tree.Scalar scalar) {
      return scalar.kind() == Tree.Kind.WHOLE
          ? ": write it in digits, from " + least + " to " + most
          : "";
    }

    @Override
    public @Nullable JsonNode read(Tree.Scalar scalar) {
      if (scalar.kind() != Tree.Kind.WHOLE || !DECIMAL.matcher(scalar.text()).matches()) {
        return null;
      }
      BigInteger value = new BigInteger(scalar.text());
      boolean fits =
          value.compareTo(BigInteger.valueOf(least)) >= 0
              && value.compareTo(BigInteger.valueOf(most)) <= 0;
      return fits ? JsonNodeFactory.instance.numberNode(value.longValue()) : null;
    }
  }

  /** Yes or no. */
  record Truth() implements Value {
    @Override
    public String wanted() {
      return "true or false";
    }

    @Override
    public @Nullable JsonNode read(Tree.Scalar scalar) {
      return scalar.kind() == Tree.Kind.TRUTH
          ? JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(scalar.text()))
          : null;
    }
  }

  /** A duration. */
  record Time() implements Value {

    private static final Pattern FORM = Pattern.compile(DurationText.FORM);

    @Override
    public String wanted() {
      return "a duration, a whole number and a unit such as 250ms, 10s, 5m or 1h";
    }

    @Override
    public @Nullable JsonNode read(Tree.Scalar scalar) {
      return scalar.kind() == Tree.Kind.TEXT && FORM.matcher(scalar.text()).matches()
          ? JsonNodeFactory.instance.textNode(scalar.text())
          : null;
    }
  }

  /** One of a few names. */
  record Choice(List<String> names) implements Value {
    @Override
    public String wanted() {
      return Wording.oneOf(names);
    }

    @Override
    public @Nullable JsonNode read(Tree.Scalar scalar) {
      return scalar.kind() == Tree.Kind.TEXT && names.contains(scalar.text())
          ? JsonNodeFactory.instance.textNode(scalar.text())
          : null;
    }

    @Override
    public String hint(Tree.Scalar scalar) {
      return Wording.nearest(scalar.text(), names)
          .map(near -> "; did you mean " + Wording.quoted(near) + "?")
          .orElse("");
    }
  }

  /** A text, a whole number or yes or no: what a variable may be. */
  record Any() implements Value {
    @Override
    public String wanted() {
      return "a single value";
    }

    @Override
    public @Nullable JsonNode read(Tree.Scalar scalar) {
      return switch (scalar.kind()) {
        case TEXT, WHOLE, DECIMAL, TRUTH -> JsonNodeFactory.instance.textNode(scalar.text());
        case NOTHING, UNKNOWN -> null;
      };
    }
  }

  /** A list, all of one shape. */
  record Items(Shape each) implements Shape {
    @Override
    public String wanted() {
      return "a list";
    }

    @Override
    public @Nullable JsonNode read(Tree part, String path, Problems problems) {
      if (!(part instanceof Tree.Items list)) {
        refuse(part, path, "", problems);
        problems.notWhole();
        return null;
      }
      ArrayNode items = JsonNodeFactory.instance.arrayNode();
      for (int index = 0; index < list.items().size(); index++) {
        JsonNode item = each.read(list.items().get(index), Tree.item(path, index), problems);
        if (item == null) {
          problems.notWhole();
        } else {
          items.add(item);
        }
      }
      return items;
    }
  }

  /** A mapping whose names are free, all values of one shape. */
  record Named(Looking name, Shape each) implements Shape {

    @Override
    public String wanted() {
      return "a mapping";
    }

    @Override
    public @Nullable JsonNode read(Tree part, String path, Problems problems) {
      if (!(part instanceof Tree.Fields mapping)) {
        refuse(part, path, "", problems);
        return null;
      }
      ObjectNode values = JsonNodeFactory.instance.objectNode();
      mapping
          .fields()
          .forEach(
              (name, field) -> {
                String at = Tree.field(path, name);
                if (!this.name.look().matcher(name).matches()) {
                  problems.add(field.place(), at, this.name.wanted());
                }
                values.set(name, each.read(field.value(), at, problems));
              });
      return values;
    }
  }

  /**
   * A mapping with the components of a record.
   *
   * @param record whose they are
   * @param fields by their names
   */
  record Fields(Class<?> record, Map<String, Field> fields) implements Shape {
    @Override
    public String wanted() {
      return "a mapping with " + String.join(", ", fields.keySet());
    }

    @Override
    public @Nullable JsonNode read(Tree part, String path, Problems problems) {
      if (!(part instanceof Tree.Fields mapping)) {
        refuse(part, path, "", problems);
        problems.notWhole();
        return null;
      }
      mapping.fields().forEach((name, field) -> refuseUnknown(name, field, path, problems));
      ObjectNode values = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, Field> each : fields.entrySet()) {
        Tree.Field present = mapping.fields().get(each.getKey());
        JsonNode value = each.getValue().read(present, each.getKey(), mapping, path, problems);
        if (value != null) {
          values.set(each.getKey(), value);
        } else if (each.getValue().required()) {
          problems.notWhole();
        }
      }
      return values;
    }

    private void refuseUnknown(String name, Tree.Field field, String path, Problems problems) {
      if (!fields.containsKey(name)) {
        problems.add(
            field.place(), Tree.field(path, name), Wording.unknown("field", name, fields.keySet()));
        if (!(field.value() instanceof Tree.Scalar)) {
          problems.notWhole();
        }
      }
    }
  }

  /** A component of a record. */
  record Field(Shape shape, boolean required) {

    @Nullable JsonNode read(
        Tree.@Nullable Field present, String name, Tree record, String path, Problems problems) {
      if (present != null) {
        return shape.read(present.value(), Tree.field(path, name), problems);
      }
      if (required) {
        problems.add(record.place(), Tree.field(path, name), "is missing: give " + shape.wanted());
      }
      return null;
    }
  }

  /**
   * A mapping of one of several kinds, told by one of its fields.
   *
   * @param type the sealed interface
   * @param property the field that tells
   * @param kinds the records by their names; asked for late, because steps hold steps
   */
  record Family(Class<?> type, String property, Supplier<Map<String, Fields>> kinds)
      implements Shape {
    @Override
    public String wanted() {
      return "a mapping with \"" + property + "\" and what belongs to it";
    }

    @Override
    public @Nullable JsonNode read(Tree part, String path, Problems problems) {
      if (!(part instanceof Tree.Fields mapping)) {
        refuse(part, path, "", problems);
        problems.notWhole();
        return null;
      }
      Tree.Field kind = mapping.fields().get(property);
      Fields fields = kind == null ? null : kinds.get().get(name(kind.value()));
      if (fields == null) {
        refuseKind(kind, mapping, Tree.field(path, property), problems);
        problems.notWhole();
        return null;
      }
      return fields.read(part, path, problems);
    }

    private static String name(Tree kind) {
      return kind instanceof Tree.Scalar scalar && scalar.variable() == null ? scalar.text() : "";
    }

    private void refuseKind(
        Tree.@Nullable Field kind, Tree mapping, String path, Problems problems) {
      String all = kinds.get().keySet().stream().collect(Collectors.joining(", "));
      if (kind == null) {
        problems.add(mapping.place(), path, "is missing: give one of " + all);
      } else if (kind.value() instanceof Tree.Scalar scalar && scalar.variable() != null) {
        problems.add(kind.value().place(), path, "cannot come from a variable: give one of " + all);
      } else if (kind.value() instanceof Tree.Scalar scalar && scalar.kind() == Tree.Kind.TEXT) {
        problems.add(
            kind.value().place(),
            path,
            Wording.unknown(property, scalar.text(), kinds.get().keySet()));
      } else {
        new Choice(List.copyOf(kinds.get().keySet())).read(kind.value(), path, problems);
      }
    }
  }
}
