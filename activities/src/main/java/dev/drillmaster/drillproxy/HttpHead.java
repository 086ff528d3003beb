package dev.drillmaster.drillproxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The lines before the body of a request or an answer, kept as they came. */
final class HttpHead {

  private static final Pattern AFTER_LINE = Pattern.compile("(?<=\n)");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final Pattern STATUS = Pattern.compile("[1-9][0-9]{2}");
  private static final Pattern BEFORE_PATH = Pattern.compile("^[a-zA-Z]+://[^/]*");
  private static final String LENGTH = "content-length";
  private static final String VERSION = "HTTP/1.";

  private final byte[] bytes;

  /** With their ends; the last one is empty. */
  private final List<String> lines;

  private final String[] start;

  private HttpHead(byte[] bytes) throws NotHttp {
    this.bytes = bytes;
    this.lines = List.of(AFTER_LINE.split(new String(bytes, ISO_8859_1)));
    this.start = lines.get(0).stripTrailing().split(" ", 3);
    for (String line : lines.subList(1, lines.size() - 1)) {
      // A line that goes on from the one before is obsolete, and everybody reads it differently.
      if (line.indexOf(':') < 1 || line.charAt(0) <= ' ') {
        throw new NotHttp("a field cannot be read");
      }
    }
  }

  /** Of a request. */
  static HttpHead request(byte[] bytes) throws NotHttp {
    HttpHead head = new HttpHead(bytes);
    if (head.start.length != 3 || !head.start[2].startsWith(VERSION)) {
      throw new NotHttp("this is no request line");
    }
    return head;
  }

  /** Of an answer. */
  static HttpHead answer(byte[] bytes) throws NotHttp {
    HttpHead head = new HttpHead(bytes);
    if (head.start.length < 2
        || !head.start[0].startsWith(VERSION)
        || !STATUS.matcher(head.start[1]).matches()) {
      throw new NotHttp("this is no status line");
    }
    return head;
  }

  /** As it came, with the empty line. */
  byte[] bytes() {
    return bytes;
  }

  /** Of a request. */
  String method() {
    return start[0];
  }

  /** Of a request: path and query, as they came. */
  String target() {
    return start[1];
  }

  /** Of a request: the same without scheme and host, which only clients of proxies send. */
  String path() {
    return BEFORE_PATH.matcher(target()).replaceFirst("");
  }

  /** Of a request: whether whoever asks understands all of HTTP/1.1, chunks among it. */
  boolean isOfVersion11() {
    return start[2].equals("HTTP/1.1");
  }

  /** Of an answer. */
  int status() {
    return Integer.parseInt(start[1]);
  }

  /** Of an answer: whether another one follows for the same request. */
  boolean isInterim() {
    return status() < 200;
  }

  /** The values of a field, in order. */
  List<String> all(String name) {
    List<String> values = new ArrayList<>();
    for (String line : lines.subList(1, lines.size() - 1)) {
      if (isField(line, name)) {
        values.add(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    return values;
  }

  private static boolean isField(String line, String name) {
    String lower = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
    return lower.equals(name.toLowerCase(Locale.ROOT));
  }

  /** The same answer with another status. */
  byte[] withStatus(int status) {
    List<String> changed = new ArrayList<>(lines);
    changed.set(0, statusLine(status));
    return bytes(changed);
  }

  /** A reason is for people, and need not be there. */
  private String statusLine(int status) {
    return start[0] + " " + status + " " + end(lines.get(0));
  }

  /** The same for an answer whose status says that it has no body, where the new one does not. */
  byte[] withStatusAndNoBody(int status) {
    List<String> changed = new ArrayList<>(List.of(statusLine(status)));
    for (String line : lines.subList(1, lines.size() - 1)) {
      if (!isField(line, LENGTH)) {
        changed.add(line);
      }
    }
    changed.add("Content-Length: 0" + end(lines.get(0)));
    changed.add(lines.get(lines.size() - 1));
    return bytes(changed);
  }

  /** The same for a body of another length, if it says a length. */
  byte[] withLength(int length) {
    List<String> changed = new ArrayList<>(lines);
    for (int i = 1; i < changed.size() - 1; i++) {
      if (isField(changed.get(i), LENGTH)) {
        changed.set(i, DIGITS.matcher(changed.get(i)).replaceFirst(Integer.toString(length)));
      }
    }
    return bytes(changed);
  }

  private static String end(String line) {
    return line.endsWith("\r\n") ? "\r\n" : "\n";
  }

  private static byte[] bytes(List<String> lines) {
    return String.join("", lines).getBytes(ISO_8859_1);
  }
}
