package dev.drillmaster.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.wire.Wire;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of our records: components are fields, those that the constructor takes as nullable
 * may be absent, sealed interfaces are kinds. A new step, probe, fault or field needs no line here.
 */
final class Shapes {

  private static final Map<Type, Shape> VALUES =
      Map.ofEntries(
          Map.entry(Object.class, new Shape.Any()),
          Map.entry(String.class, new Shape.Text()),
          Map.entry(Integer.class, new Shape.Whole(Integer.MIN_VALUE, Integer.MAX_VALUE)),
          Map.entry(int.class, new Shape.Whole(Integer.MIN_VALUE, Integer.MAX_VALUE)),
          Map.entry(Long.class, new Shape.Whole(Long.MIN_VALUE, Long.MAX_VALUE)),
          Map.entry(long.class, new Shape.Whole(Long.MIN_VALUE, Long.MAX_VALUE)),
          Map.entry(Boolean.class, new Shape.Truth()),
          Map.entry(boolean.class, new Shape.Truth()),
          Map.entry(
              Path.class,
              new Shape.Looking(
                  "an absolute path such as /srv/payments", Pattern.compile("/[^\u0000]*"))),
          Map.entry(Duration.class, new Shape.Time()));

  private static final ClassValue<Map<String, Shape.Fields>> KINDS =
      new ClassValue<>() {
        @Override
        protected Map<String, Shape.Fields> computeValue(Class<?> type) {
          Map<String, Shape.Fields> kinds = new LinkedHashMap<>();
          kinds(type, kinds);
          return kinds;
        }
      };

  private Shapes() {}

  /** The shape of what a component holds. */
  static Shape of(Type type) {
    Shape value = VALUES.get(type);
    if (value != null) {
      return value;
    }
    if (type instanceof ParameterizedType generic
        && generic.getRawType() instanceof Class<?> raw
        && Collection.class.isAssignableFrom(raw)) {
      return new Shape.Items(of(generic.getActualTypeArguments()[0]));
    }
    if (type instanceof Class<?> ours) {
      return ofClass(ours);
    }
    throw new IllegalStateException("a plan cannot hold " + type + ": give it a shape");
  }

  private static Shape ofClass(Class<?> type) {
    if (type.isEnum()) {
      return new Shape.Choice(names(type));
    }
    JsonTypeInfo family = family(type);
    if (family != null) {
      return new Shape.Family(type, family.property(), () -> KINDS.get(type));
    }
    if (type.isRecord()) {
      return new Shape.Fields(type, fields(type));
    }
    throw new IllegalStateException("a plan cannot hold a " + type + ": give it a shape");
  }

  /** As the mapper writes them. */
  private static List<String> names(Class<?> enumeration) {
    return Arrays.stream(enumeration.getEnumConstants())
        .map(constant -> Wire.json().convertValue(constant, String.class))
        .toList();
  }

  private static @Nullable JsonTypeInfo family(Class<?> type) {
    JsonTypeInfo own = type.getAnnotation(JsonTypeInfo.class);
    for (Class<?> above : type.getInterfaces()) {
      own = own == null ? family(above) : own;
    }
    return own;
  }

  private static void kinds(Class<?> type, Map<String, Shape.Fields> kinds) {
    JsonTypeName name = type.getAnnotation(JsonTypeName.class);
    JsonTypeInfo family = family(type);
    if (name != null && family != null) {
      Map<String, Shape.Field> fields = new LinkedHashMap<>();
      fields.put(family.property(), new Shape.Field(new Shape.Choice(List.of(name.value())), true));
      fields.putAll(fields(type));
      kinds.put(name.value(), new Shape.Fields(type, fields));
    }
    if (type.isSealed()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        kinds(permitted, kinds);
      }
    }
  }

  /** The components of a record as fields. */
  static Map<String, Shape.Field> fields(Class<?> record) {
    return fields(record, Map.of());
  }

  /**
   * The same.
   *
   * @param special shapes for what the type of a component does not tell, by the component's name
   */
  static Map<String, Shape.Field> fields(Class<?> record, Map<String, Shape> special) {
    RecordComponent[] components = record.getRecordComponents();
    AnnotatedType[] parameters = constructor(record, components).getAnnotatedParameterTypes();
    Map<String, Shape.Field> fields = new LinkedHashMap<>();
    for (int index = 0; index < components.length; index++) {
      boolean required = !parameters[index].isAnnotationPresent(Nullable.class);
      Shape known = special.get(name(components[index]));
      Shape shape = known == null ? of(components[index].getGenericType()) : known;
      fields.put(name(components[index]), new Shape.Field(shape, required));
    }
    return fields;
  }

  private static Constructor<?> constructor(Class<?> record, RecordComponent[] components) {
    try {
      return record.getDeclaredConstructor(
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(record + " has no canonical constructor", impossible);
    }
  }

  /** The name of a component in files. */
  static String name(RecordComponent component) {
    JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
    return named == null || named.value().isEmpty() ? component.getName() : named.value();
  }
}
