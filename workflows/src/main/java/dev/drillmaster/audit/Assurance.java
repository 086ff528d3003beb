package dev.drillmaster.audit;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How sure it is who did something. */
public enum Assurance {
  /** Drillmaster itself did it. */
  @JsonProperty("system")
  SYSTEM,
  /** Somebody said so. */
  @JsonProperty("declared")
  DECLARED,
  /** The client's identity in Temporal's history. */
  @JsonProperty("identity")
  IDENTITY,
  /** Derived by the server from credentials. */
  @JsonProperty("principal")
  PRINCIPAL
}
