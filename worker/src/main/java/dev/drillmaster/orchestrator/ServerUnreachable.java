package dev.drillmaster.orchestrator;

/** No Temporal server answers where one is expected. */
public final class ServerUnreachable extends RuntimeException {
  private ServerUnreachable(String message) {
    super(message);
  }

  ServerUnreachable(String address, Throwable cause) {
    super(
        "no Temporal server answers at "
            + address
            + ": start one, or leave out --temporal to use one of our own",
        cause);
  }

  static ServerUnreachable ofHome(String why) {
    return new ServerUnreachable("the Temporal dev server of this home cannot be started: " + why);
  }
}
