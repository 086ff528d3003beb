package dev.drillmaster.drillproxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** How requests begin. */
final class Requests {

  /** CONNECT is not among them: what follows it is another protocol. */
  private static final List<String> METHODS =
      List.of("GET ", "HEAD ", "POST ", "PUT ", "PATCH ", "DELETE ", "OPTIONS ", "TRACE ");

  private Requests() {}

  /** Whether these bytes, which may be few, are how a request begins. */
  static boolean mayBegin(ByteBuf bytes) {
    int longest = Math.min(bytes.readableBytes(), "OPTIONS ".length());
    String beginning = bytes.toString(bytes.readerIndex(), longest, US_ASCII);
    return METHODS.stream()
        .anyMatch(
            method ->
                beginning.length() < method.length()
                    ? method.startsWith(beginning)
                    : beginning.startsWith(method));
  }
}
