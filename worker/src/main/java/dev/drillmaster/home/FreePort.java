package dev.drillmaster.home;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that keep them between runs. They are below those that Linux gives to outgoing
 * connections (from 32768 on), one of which could otherwise hold a server's port while it is down.
 */
public final class FreePort {

  private static final int LOWEST = 15_000;
  private static final int HIGHEST = 32_000;
  private static final int TRIES = 500;

  private FreePort() {}

  /**
   * A random port of 127.0.0.1 on which nobody listens now. Somebody may take it before its server
   * does, so that a server that finds it taken asks again.
   *
   * @throws IOException if all that were tried are taken
   */
  public static int choose() throws IOException {
    for (int tries = 0; tries < TRIES; tries++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException(
        TRIES
            + " ports between "
            + LOWEST
            + " and "
            + HIGHEST
            + " of 127.0.0.1 cannot be listened on: see what holds them, with ss -ltn");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
