package dev.drillmaster.injector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A client of HTTP/1.1 with one connection, which it keeps: it never opens another, so that an
 * answer on it shows that the connection was not closed.
 */
final class HttpCaller implements Closeable {

  private static final int PATIENCE_MILLIS = 2000;

  /** An answer, of which all that was sent is read. */
  record Answer(int status, String body) {}

  private final Socket socket = new Socket();
  private final String name;
  private final InputStream in;

  /**
   * @param name what it calls itself
   */
  HttpCaller(int port, String name) throws IOException {
    this.name = name;
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends a GET and waits for its answer. */
  Answer ask(String path, String... fields) throws IOException {
    send("GET", path, fields);
    return read();
  }

  void send(String method, String path, String... fields) throws IOException {
    List<String> lines = new ArrayList<>(List.of(method + " " + path + " HTTP/1.1", "Host: lab"));
    lines.add("User-Agent: " + name);
    lines.addAll(List.of(fields));
    String text = String.join("\r\n", lines) + "\r\n\r\n";
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  /** Reads one answer: what is left over would be read as the next one. */
  Answer read() throws IOException {
    String[] status = line().split(" ", 3);
    if (!status[0].equals("HTTP/1.1")) {
      throw new IOException("no status line: " + String.join(" ", status));
    }
    int length = -1;
    for (String field = line(); !field.isEmpty(); field = line()) {
      String lower = field.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(lower.indexOf(':') + 1).strip());
      }
    }
    byte[] body = length < 0 ? chunks() : bytes(length);
    return new Answer(Integer.parseInt(status[1]), new String(body, ISO_8859_1));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = size(); size > 0; size = size()) {
      body.writeBytes(bytes(size));
      line();
    }
    line();
    return body.toByteArray();
  }

  private int size() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private byte[] bytes(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the body ends early");
    }
    return bytes;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("closed after \"" + line + "\"");
      }
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
