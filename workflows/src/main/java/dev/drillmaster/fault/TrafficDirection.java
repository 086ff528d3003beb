package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which packets of a host a fault of its network is on, as that host sees them. */
public enum TrafficDirection {
  @JsonProperty("both")
  BOTH("both directions"),
  /** From the peers to the host. */
  @JsonProperty("incoming")
  INCOMING("what comes from the peers"),
  /** From the host to the peers. */
  @JsonProperty("outgoing")
  OUTGOING("what goes to the peers");

  private final String text;

  TrafficDirection(String text) {
    this.text = text;
  }

  /** For people. */
  String text() {
    return text;
  }
}
