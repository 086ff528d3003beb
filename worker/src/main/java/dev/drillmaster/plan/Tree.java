package dev.drillmaster.plan;

import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a YAML text says, each part with its place. */
sealed interface Tree {

  /** Where the part begins. */
  Place place();

  /** What the part is, for messages. */
  String described();

  /** What kind of value YAML takes a scalar for. */
  enum Kind {
    TEXT,
    WHOLE,
    DECIMAL,
    TRUTH,
    NOTHING,
    /** It could not be found out, which was told. */
    UNKNOWN
  }

  /**
   * A single value.
   *
   * @param text as it stands there, without quotes
   * @param variable the variable that the whole value comes from, if it does
   */
  record Scalar(Place place, Kind kind, String text, @Nullable String variable) implements Tree {

    @Override
    public String described() {
      String from = variable == null ? "" : ", the value of ${" + variable + "}";
      return switch (kind) {
        case TEXT -> "the text " + Wording.quoted(text) + from;
        case WHOLE, DECIMAL -> "the number " + Wording.quoted(text).replace("\"", "") + from;
        case TRUTH -> text + from;
        case NOTHING, UNKNOWN -> "empty" + from;
      };
    }
  }

  /** A list. */
  record Items(Place place, List<Tree> items) implements Tree {
    @Override
    public String described() {
      return "a list";
    }
  }

  /**
   * A mapping.
   *
   * @param fields by their names, in the order of the text
   */
  record Fields(Place place, Map<String, Field> fields) implements Tree {
    @Override
    public String described() {
      return "a mapping";
    }
  }

  /**
   * A field of a mapping.
   *
   * @param place of its name
   */
  record Field(Place place, Tree value) {}

  /** The path of a field. */
  static String field(String path, String name) {
    // Names come from outside and may be as long as the file.
    String shown = name.length() <= 60 ? name : name.substring(0, 60) + "...";
    return path.isEmpty() ? shown : path + "." + shown;
  }

  /**
   * The path of an item.
   *
   * @param index from 0; paths count from 1, as steps are counted everywhere
   */
  static String item(String path, int index) {
    return path + "[" + (index + 1) + "]";
  }

  /** The path of what our mapper could not read. */
  static String path(JsonMappingException wrong) {
    String path = "";
    for (JsonMappingException.Reference part : wrong.getPath()) {
      path =
          part.getFieldName() == null
              ? item(path, part.getIndex())
              : field(path, part.getFieldName());
    }
    return path;
  }

  /** The place of the part with this path, or of the innermost around it that is there. */
  static Place nearest(Tree tree, String path) {
    Tree part = tree;
    for (String step : path.split("[.\\[]", -1)) {
      Tree below = step.endsWith("]") ? item(part, step) : field(part, step);
      if (below == null) {
        break;
      }
      part = below;
    }
    return part.place();
  }

  private static @Nullable Tree field(Tree part, String name) {
    Field field = part instanceof Fields mapping ? mapping.fields().get(name) : null;
    return field == null ? null : field.value();
  }

  private static @Nullable Tree item(Tree part, String step) {
    int index = Integer.parseInt(step, 0, step.length() - 1, 10) - 1;
    return part instanceof Items list && index < list.items().size()
        ? list.items().get(index)
        : null;
  }
}
