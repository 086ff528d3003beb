package dev.drillmaster.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a plan, put into its tree before anything else looks at it, so that each value
 * keeps its place and is checked as if it had been written there. They are a part of files alone,
 * and of no record: what runs, and what history and ledger keep, is the plan with the values that
 * were given. Nobody who reads those must work out what was meant, and no worker can come to
 * another result.
 */
final class Variables {

  /** The field of a plan that declares them. */
  static final String FIELD = "variables";

  /** What declares one, by the variable's name. */
  static final Shape SHAPE =
      new Shape.Named(
          new Shape.Looking(
              "a name begins with a letter and has letters, digits, dashes and underscores, at"
                  + " most 63",
              Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}")),
          new Shape.Fields(Declaration.class, Shapes.fields(Declaration.class)));

  private static final Shape.Choice TYPES = (Shape.Choice) Shapes.of(Type.class);
  private static final Pattern USE = Pattern.compile("\\$\\{([^}]*)(}?)");

  /** What a variable may be. */
  enum Type {
    @JsonProperty("duration")
    DURATION,
    @JsonProperty("integer")
    INTEGER,
    @JsonProperty("text")
    TEXT,
    @JsonProperty("boolean")
    BOOLEAN;

    private Shape.Value shape() {
      return switch (this) {
        case DURATION -> new Shape.Time();
        case INTEGER -> new Shape.Whole(Long.MIN_VALUE, Long.MAX_VALUE);
        case TEXT -> new Shape.Text();
        case BOOLEAN -> new Shape.Truth();
      };
    }
  }

  /**
   * A variable, as a plan declares it.
   *
   * @param type what its value must be
   * @param value the value if {@code --set} gives none; without it {@code --set} must
   * @param description what it is for
   */
  record Declaration(
      Type type, @JsonProperty("default") @Nullable Object value, @Nullable String description) {}

  private final Map<String, Tree.Scalar> values = new LinkedHashMap<>();
  private final Set<String> declared = new LinkedHashSet<>();
  private final Set<String> used = new LinkedHashSet<>();
  private final Problems problems;
  private int room = PlanSource.LARGEST;

  private Variables(Problems problems) {
    this.problems = problems;
  }

  /** The names of the variables that a plan declares. */
  static Set<String> declaredIn(Tree plan) {
    return declarations(plan).keySet();
  }

  /**
   * The plan with values in the place of variables.
   *
   * @param set the values that were given, by name
   */
  static Tree resolved(Tree plan, Map<String, String> set, Problems problems) {
    Variables variables = new Variables(problems);
    Map<String, Tree.Field> declarations = declarations(plan);
    declarations.forEach((name, field) -> variables.declare(name, field, set.get(name)));
    for (String name : set.keySet()) {
      if (!declarations.containsKey(name)) {
        problems.add(
            plan.place(),
            FIELD,
            "--set " + name + ": " + Wording.unknown("variable", name, declarations.keySet()));
      }
    }
    Tree resolved = variables.in(plan, "");
    declarations.forEach(
        (name, field) -> {
          if (!variables.used.contains(name)) {
            problems.add(field.place(), Tree.field(FIELD, name), "is used nowhere: leave it out");
          }
        });
    return resolved;
  }

  private static Map<String, Tree.Field> declarations(Tree plan) {
    Tree.Field field = plan instanceof Tree.Fields top ? top.fields().get(FIELD) : null;
    return field != null && field.value() instanceof Tree.Fields declarations
        ? declarations.fields()
        : Map.of();
  }

  private void declare(String name, Tree.Field field, @Nullable String given) {
    declared.add(name);
    Type type = field.value() instanceof Tree.Fields parts ? type(parts) : null;
    if (type == null) {
      return; // The shape tells what is wrong with the declaration.
    }
    String path = Tree.field(FIELD, name);
    Tree.Field standard = ((Tree.Fields) field.value()).fields().get("default");
    if (standard != null && standard.value() instanceof Tree.Scalar scalar && isValue(scalar)) {
      keep(name, scalar, type, Tree.field(path, "default"), "");
    }
    if (given != null) {
      Tree.Kind kind = type == Type.TEXT ? Tree.Kind.TEXT : YamlText.kind(given);
      Tree.Scalar scalar = new Tree.Scalar(field.place(), kind, given, null);
      values.remove(name);
      keep(name, scalar, type, path, "--set " + name + ": ");
    } else if (standard == null) {
      problems.add(
          field.place(),
          path,
          "has no value: give " + type.shape().wanted() + " with --set " + name + "=VALUE");
    }
  }

  private void keep(String name, Tree.Scalar scalar, Type type, String path, String introduction) {
    if (type.shape().read(scalar) != null) {
      values.put(name, scalar);
    } else {
      problems.add(
          scalar.place(),
          path,
          introduction + "must be " + type.shape().wanted() + ", but is " + scalar.described());
    }
  }

  /** Whether it is more than nothing, of which the shape tells. */
  private static boolean isValue(Tree.Scalar scalar) {
    return scalar.kind() != Tree.Kind.NOTHING && scalar.kind() != Tree.Kind.UNKNOWN;
  }

  private static @Nullable Type type(Tree.Fields declaration) {
    Tree.Field type = declaration.fields().get("type");
    if (type == null || !(type.value() instanceof Tree.Scalar scalar)) {
      return null;
    }
    int index = TYPES.names().indexOf(scalar.text());
    return index < 0 ? null : Type.values()[index];
  }

  private Tree in(Tree part, String path) {
    if (part instanceof Tree.Fields mapping) {
      Map<String, Tree.Field> fields = new LinkedHashMap<>();
      mapping
          .fields()
          .forEach(
              (name, field) -> {
                String below = Tree.field(path, name);
                Tree value = below.equals(FIELD) ? field.value() : in(field.value(), below);
                fields.put(name, new Tree.Field(field.place(), value));
              });
      return new Tree.Fields(mapping.place(), fields);
    }
    if (part instanceof Tree.Items list) {
      List<Tree> items = new ArrayList<>();
      list.items().forEach(item -> items.add(in(item, Tree.item(path, items.size()))));
      return new Tree.Items(list.place(), items);
    }
    Tree.Scalar scalar = (Tree.Scalar) part;
    return scalar.kind() == Tree.Kind.TEXT && scalar.text().contains("${")
        ? replaced(scalar, path)
        : scalar;
  }

  private Tree.Scalar replaced(Tree.Scalar scalar, String path) {
    Matcher use = USE.matcher(scalar.text());
    StringBuilder text = new StringBuilder();
    boolean known = true;
    while (use.find()) {
      Tree.Scalar value = value(use, scalar.place(), path);
      known &= value != null;
      if (value != null && use.start() == 0 && use.end() == scalar.text().length()) {
        return new Tree.Scalar(scalar.place(), value.kind(), value.text(), use.group(1));
      }
      use.appendReplacement(text, Matcher.quoteReplacement(value == null ? "" : value.text()));
    }
    use.appendTail(text);
    Tree.Kind kind = known ? Tree.Kind.TEXT : Tree.Kind.UNKNOWN;
    return new Tree.Scalar(scalar.place(), kind, text.toString(), null);
  }

  /** The value of the variable that is used here; null if there is none, which was told. */
  private Tree.@Nullable Scalar value(Matcher use, Place place, String path) {
    String name = use.group(1);
    if (use.group(2).isEmpty()) {
      problems.add(place, path, "\"${\" has no \"}\": a variable is used as ${name}");
      return null;
    }
    if (!declared.contains(name)) {
      problems.add(place, path, Wording.unknown("variable", name, declared));
      return null;
    }
    used.add(name);
    Tree.Scalar value = values.get(name);
    room -= value == null ? 0 : value.text().length();
    if (room < 0) {
      problems.add(place, path, "with its variables the plan is larger than 1 MB");
      room = Integer.MAX_VALUE; // Told once; what follows is not kept.
      values.clear();
      return null;
    }
    return value;
  }
}
