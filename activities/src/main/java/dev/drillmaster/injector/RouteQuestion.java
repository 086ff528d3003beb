package dev.drillmaster.injector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.drillmaster.proxy.HttpLie;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A GET that is sent through a route of the drill proxy by one whom a lie concerns. On a connection
 * of its own, which a client of the JDK would keep open on the route that is looked at.
 *
 * @param port of the route
 * @param lie says what to ask for, and as whom
 */
record RouteQuestion(int port, HttpLie lie) {

  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final Pattern ANSWER = Pattern.compile("HTTP/1\\.[0-9] ([0-9]{3})");
  private static final int ANSWER_LENGTH = "HTTP/1.1 200".length();

  /** The status of the answer; empty if within a second there is none that is HTTP/1.1. */
  Optional<Integer> ask() {
    long begun = System.nanoTime();
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) LIMIT.toMillis());
      socket.getOutputStream().write(request().getBytes(ISO_8859_1));
      Matcher answer = ANSWER.matcher(beginning(socket, begun));
      return answer.matches() ? Optional.of(Integer.valueOf(answer.group(1))) : Optional.empty();
    } catch (IOException noAnswer) {
      // Refused, closed or silent: each is an answer to whether somebody speaks HTTP there.
      return Optional.empty();
    }
  }

  private String request() {
    HttpLie.Caller caller = lie.caller();
    String as =
        caller == null ? "User-Agent: drillmaster" : caller.header() + ": " + caller.begins();
    return "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s\r\nConnection: close\r\n\r\n"
        .formatted(lie.path(), port, as);
  }

  private static String beginning(Socket socket, long begun) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder text = new StringBuilder();
    while (text.length() < ANSWER_LENGTH) {
      long left = LIMIT.minusNanos(System.nanoTime() - begun).toMillis();
      socket.setSoTimeout((int) Math.max(1, left));
      int next = in.read();
      if (next < 0 || left <= 0) {
        break;
      }
      text.append((char) next);
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return "GET " + lie.path();
  }
}
