package dev.drillmaster.injector;

import dev.drillmaster.process.Poll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * A small real service for tests: listens on loopback, has a child that sleeps and one that forks
 * all the time, and writes a line into {@code starts.txt} whenever it starts. It serves only when
 * there is no file {@code recovering} any more, as a database that recovers. Argument: its port.
 */
public final class ForkingService {

  private ForkingService() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Files.writeString(
        Path.of("starts.txt"),
        ProcessHandle.current().pid() + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    new ProcessBuilder(List.of("sleep", "600")).start();
    new ProcessBuilder(List.of("sh", "-c", "while sleep 0.03; do :; done")).start();
    Poll.until(
        Duration.ofMinutes(1), Duration.ofMillis(5), () -> Files.notExists(Path.of("recovering")));
    try (ServerSocket server =
        new ServerSocket(Integer.parseInt(arguments[0]), 50, InetAddress.getLoopbackAddress())) {
      while (true) {
        try (Socket client = server.accept()) {
          client.getOutputStream().write('y');
        }
      }
    }
  }
}
