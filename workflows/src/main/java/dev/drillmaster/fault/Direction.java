package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which way of a connection a network fault is on. */
public enum Direction {
  @JsonProperty("both")
  BOTH("both directions"),
  /** From those who connect to the one that they connect to. */
  @JsonProperty("to-upstream")
  TO_UPSTREAM("the direction to the upstream"),
  /** From the one that is connected to, back. */
  @JsonProperty("to-client")
  TO_CLIENT("the direction to the clients");

  private final String text;

  Direction(String text) {
    this.text = text;
  }

  /** For people. */
  String text() {
    return text;
  }
}
