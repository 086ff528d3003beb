package dev.drillmaster.drill;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plan from the UI may lack: JSON makes a part that is not there null, whatever the record
 * says, and a null met by the workflow would fail each of its tasks, for ever.
 */
final class MissingParts {

  private MissingParts() {}

  /** The places of all parts that must be there and are not, such as {@code steps[3].fault}. */
  static List<String> of(Record record) {
    List<String> missing = new ArrayList<>();
    look(record, "", missing);
    return missing;
  }

  private static void look(Record record, String prefix, List<String> missing) {
    for (RecordComponent part : record.getClass().getRecordComponents()) {
      Object value = value(record, part);
      if (value == null && !part.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        missing.add(prefix + part.getName());
      }
      inside(value, prefix + part.getName(), missing);
    }
  }

  private static void inside(@Nullable Object value, String place, List<String> missing) {
    if (value instanceof List<?> list) {
      for (int index = 0; index < list.size(); index++) {
        inside(list.get(index), place + "[" + (index + 1) + "]", missing);
      }
    } else if (value instanceof Record record) {
      look(record, place + ".", missing);
    }
  }

  private static @Nullable Object value(Record record, RecordComponent part) {
    try {
      return part.getAccessor().invoke(record);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(
          record.getClass() + "." + part.getName() + " cannot be read: make it public", impossible);
    }
  }
}
