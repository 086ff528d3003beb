package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The fault types that have a mechanism. The values are stable: plans, history and ledger hold
 * them.
 */
public enum FaultType {
  NETWORK_PARTITION("network-partition"),
  LATENCY_INJECTION("latency-injection"),
  RESOURCE_EXHAUSTION("resource-exhaustion"),
  SERVICE_FAILURE("service-failure"),
  DATA_CORRUPTION("data-corruption"),
  BYZANTINE_FAULT("byzantine-fault");

  private final String text;

  FaultType(String text) {
    this.text = text;
  }

  /** The name in plans, history, ledger and output. */
  @JsonValue
  public String text() {
    return text;
  }
}
