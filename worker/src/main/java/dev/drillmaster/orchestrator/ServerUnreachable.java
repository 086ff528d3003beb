package dev.drillmaster.orchestrator;

/** No Temporal server answers at an address. */
public final class ServerUnreachable extends RuntimeException {
  ServerUnreachable(String address, Throwable cause) {
    super(
        "no Temporal server answers at "
            + address
            + ": start one, or leave out --temporal to use the in-process one",
        cause);
  }
}
