package dev.drillmaster.drill;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a node may be promoted while the other one might still accept writes. */
public enum Fencing {
  /** No promotion without a confirmed fence. */
  @JsonProperty("required")
  REQUIRED,
  /**
   * Promoted all the same, so that there may be two primaries: that is the finding, and the
   * rollback ends with one. For labs only, to show that a drill notices.
   */
  @JsonProperty("none")
  NONE
}
