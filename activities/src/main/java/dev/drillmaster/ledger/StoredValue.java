package dev.drillmaster.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.drillmaster.wire.Wire;
import java.math.BigDecimal;
import java.time.Duration;
import org.jooq.JSONB;

/** Values of the state tables as our own types: the reverse of what projections write. */
final class StoredValue {

  private StoredValue() {}

  static <T> T json(JSONB stored, Class<T> type) {
    try {
      return Wire.json().readValue(stored.data(), type);
    } catch (JsonProcessingException unreadable) {
      throw new IllegalStateException(
          "the ledger holds a "
              + type.getSimpleName()
              + " that this program cannot read; use the one that wrote it, or a newer one: "
              + unreadable.getOriginalMessage(),
          unreadable);
    }
  }

  /** A constant by the name that the wire format gives it. */
  static <T extends Enum<T>> T named(String stored, Class<T> type) {
    return Wire.json().convertValue(stored, type);
  }

  static Duration duration(BigDecimal seconds) {
    return Duration.ofMillis(seconds.movePointRight(3).longValueExact());
  }
}
