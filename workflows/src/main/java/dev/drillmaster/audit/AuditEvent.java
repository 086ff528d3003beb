package dev.drillmaster.audit;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * What happened, in the past tense. The kinds stand in sealed interfaces beside what they speak of,
 * because this package comes before them; each kind changes the ledger's state tables in its own
 * way.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public interface AuditEvent {

  /** The stable name of the kind, as audit rows hold it. */
  default String kind() {
    return getClass().getAnnotation(JsonTypeName.class).value();
  }
}
