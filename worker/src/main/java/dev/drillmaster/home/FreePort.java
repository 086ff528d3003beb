package dev.drillmaster.home;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports to keep. They lie below the range from which the kernel takes the ports of outgoing
 * connections (32768 and up unless somebody changed it), so that no connection takes one while its
 * owner is down.
 */
public final class FreePort {

  private static final int FIRST = 15_000;
  private static final int BEYOND = 32_000;
  private static final int ATTEMPTS = 200;

  private FreePort() {}

  /**
   * A random port of 127.0.0.1 from 15000 to 31999 on which nobody listens.
   *
   * @throws IOException if none was found
   */
  public static int choose() throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, BEYOND);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException(
        "no free port between " + FIRST + " and " + BEYOND + " on 127.0.0.1: close some programs");
  }

  /** Whether nobody listens on a port of 127.0.0.1 now. */
  public static boolean isFree(int port) {
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return probe.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
