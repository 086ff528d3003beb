package dev.drillmaster.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drillmaster.wire.DurationText;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes shapes as a JSON Schema, described in the words of our Javadoc. */
final class PlanSchema {

  /** A value that comes from a variable; which one it is, and of which type, is checked by us. */
  private static final String VARIABLE = "\\$\\{";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode definitions = JSON.createObjectNode();
  private final Javadocs javadocs = new Javadocs();

  private PlanSchema() {}

  /** The schema of a plan's file. */
  static String text() throws JsonProcessingException {
    PlanSchema schema = new PlanSchema();
    ObjectNode plan = JSON.createObjectNode();
    plan.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    plan.put("title", "A plan of Drillmaster");
    plan.setAll(schema.fields(PlanShape.FILE));
    plan.set("$defs", schema.definitions);
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(plan) + "\n";
  }

  private ObjectNode of(Shape shape) {
    if (shape instanceof Shape.Value value) {
      return value(value);
    }
    if (shape instanceof Shape.Items list) {
      ObjectNode items = object("array");
      items.set("items", of(list.each()));
      return items;
    }
    if (shape instanceof Shape.Named named) {
      ObjectNode mapping = object("object");
      mapping.putObject("propertyNames").put("pattern", "^" + named.name().look() + "$");
      mapping.set("additionalProperties", of(named.each()));
      return mapping;
    }
    return shape instanceof Shape.Family family ? reference(family) : fields((Shape.Fields) shape);
  }

  private static ObjectNode value(Shape.Value shape) {
    if (shape instanceof Shape.Text) {
      return object("string");
    }
    if (shape instanceof Shape.Time) {
      ObjectNode time = object("string");
      time.put("pattern", "^" + DurationText.FORM + "$|" + VARIABLE);
      time.putArray("examples").add("250ms").add("10s").add("5m").add("1h");
      return time;
    }
    if (shape instanceof Shape.Any) {
      ObjectNode any = JSON.createObjectNode();
      any.putArray("type").add("string").add("number").add("boolean");
      return any;
    }
    if (shape instanceof Shape.Choice choice) {
      ObjectNode names = JSON.createObjectNode();
      choice.names().forEach(names.putArray("enum")::add);
      return orVariable(names);
    }
    if (shape instanceof Shape.Whole whole) {
      return orVariable(
          object("integer").put("minimum", whole.least()).put("maximum", whole.most()));
    }
    return orVariable(object("boolean"));
  }

  private static ObjectNode object(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  private static ObjectNode orVariable(ObjectNode shape) {
    ObjectNode either = JSON.createObjectNode();
    either.putArray("anyOf").add(shape).add(object("string").put("pattern", VARIABLE));
    return either;
  }

  private ObjectNode fields(Shape.Fields shape) {
    ObjectNode record = object("object");
    record.put("description", javadocs.type(shape.record()));
    ObjectNode properties = record.putObject("properties");
    ArrayNode required = JSON.createArrayNode();
    shape
        .fields()
        .forEach(
            (name, field) -> {
              properties.set(name, described(field.shape(), description(shape.record(), name)));
              if (field.required()) {
                required.add(name);
              }
            });
    if (!required.isEmpty()) {
      record.set("required", required);
    }
    return record.put("additionalProperties", false);
  }

  /** A field with only one possible value tells the kind, and is described with the family. */
  private ObjectNode described(Shape shape, String description) {
    if (shape instanceof Shape.Choice choice && choice.names().size() == 1) {
      return JSON.createObjectNode().put("const", choice.names().get(0));
    }
    ObjectNode field = of(shape);
    return description.isEmpty() ? field : field.put("description", description);
  }

  private String description(Class<?> record, String name) {
    if (name.equals(Variables.FIELD)) {
      return "values that --set can change, used as ${name}; each by its name";
    }
    return Arrays.stream(record.getRecordComponents())
        .filter(component -> Shapes.name(component).equals(name))
        .map(RecordComponent::getName)
        .findFirst()
        .map(component -> javadocs.component(record, component))
        .orElse("");
  }

  private ObjectNode reference(Shape.Family family) {
    String name = family.type().getSimpleName();
    if (!definitions.has(name)) {
      ObjectNode definition = definitions.putObject(name);
      definition.setAll(family(family));
    }
    return JSON.createObjectNode().put("$ref", "#/$defs/" + name);
  }

  /** Not "oneOf": with "if", an editor tells what is wrong with the kind that is meant. */
  private ObjectNode family(Shape.Family family) {
    ObjectNode schema = object("object");
    schema.put("description", javadocs.type(family.type()));
    schema.putArray("required").add(family.property());
    Map<String, Shape.Fields> kinds = family.kinds().get();
    ArrayNode names = JSON.createArrayNode();
    List.copyOf(kinds.keySet()).forEach(names::add);
    schema.putObject("properties").putObject(family.property()).set("enum", names);
    ArrayNode conditions = schema.putArray("allOf");
    kinds.forEach(
        (name, fields) -> {
          ObjectNode condition = conditions.addObject();
          ObjectNode test = condition.putObject("if");
          test.putObject("properties").putObject(family.property()).put("const", name);
          test.putArray("required").add(family.property());
          String definition = fields.record().getSimpleName();
          condition.putObject("then").put("$ref", "#/$defs/" + definition);
          if (!definitions.has(definition)) {
            ObjectNode placed = definitions.putObject(definition);
            placed.setAll(fields(fields));
          }
        });
    return schema;
  }
}
