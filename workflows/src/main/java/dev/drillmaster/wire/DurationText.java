package dev.drillmaster.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 250ms}, {@code 10s}, {@code 5m}, {@code 1h}. A bare number
 * has no unit and is refused.
 */
public final class DurationText {

  /** How a duration looks, as a regular expression. */
  public static final String FORM = "([0-9]{1,12})(ms|s|m|h)";

  private static final Pattern PATTERN = Pattern.compile(FORM);

  private DurationText() {}

  /**
   * Reads one duration.
   *
   * @throws IllegalArgumentException if the text is not a whole number followed by ms, s, m or h
   */
  public static Duration parse(String text) {
    Matcher matcher = PATTERN.matcher(text.trim());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" is not a duration: write a whole number and a unit, such as 250ms, 10s, 5m or 1h");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  /** Writes a duration to the millisecond, in the largest unit that is exact. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0 || millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  static final class Serializer extends StdScalarSerializer<Duration> {
    Serializer() {
      super(Duration.class);
    }

    @Override
    public void serialize(Duration value, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      generator.writeString(format(value));
    }
  }

  static final class Deserializer extends StdScalarDeserializer<Duration> {
    Deserializer() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = parser.getText();
      try {
        return parse(text);
      } catch (IllegalArgumentException wrong) {
        throw context.weirdStringException(text, Duration.class, wrong.getMessage());
      }
    }
  }
}
