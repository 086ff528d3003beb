package dev.drillmaster.drillproxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;

/**
 * Tells where messages in one direction of a connection begin and end, however they are cut into
 * segments. It does not change a byte. Netty's codec was weighed and not taken: it keeps what a
 * message says, not its bytes, so that an answer without a lie would not be the service's any more.
 */
final class HttpStream {

  /** What is done with the messages. */
  interface Reader {

    /**
     * A head is complete.
     *
     * @throws NotHttp if it is none; it stays {@link #unfinished}
     */
    HttpFraming head(byte[] bytes) throws NotHttp;

    /**
     * Bytes after the head, not retained.
     *
     * @param content whether they are the body's, not what frames it
     */
    void piece(ByteBuf bytes, boolean content);

    /** The message is complete. */
    void end();
  }

  private enum At {
    HEAD,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILER,
    UNTIL_CLOSE
  }

  private static final int LONGEST_HEAD = 32 * 1024;
  private static final int LONGEST_LINE = 8 * 1024;

  private final String beginning;
  private final Reader reader;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private At at = At.HEAD;
  private long left;

  /**
   * @param beginning how each message begins, to tell early that something is none
   */
  HttpStream(String beginning, Reader reader) {
    this.beginning = beginning;
    this.reader = reader;
  }

  /** Bytes of a head that is not complete; the reader has not seen them. */
  byte[] unfinished() {
    return head.toByteArray();
  }

  /** Reads to the end of the message, or all there is. */
  void take(ByteBuf bytes) throws NotHttp {
    boolean ended = false;
    while (!ended && bytes.isReadable()) {
      ended =
          switch (at) {
            case HEAD -> takeHead(bytes);
            case BODY -> takeContent(bytes) && end();
            case CHUNK_SIZE -> takeSize(bytes);
            case CHUNK -> takeContent(bytes) && go(At.CHUNK_END);
            case CHUNK_END -> takeLine(bytes) && endChunk();
            case TRAILER -> takeLine(bytes) && endTrailer();
            case UNTIL_CLOSE -> takeRest(bytes);
          };
    }
  }

  /** Whoever sends has closed, which may be how a message ends. */
  void close() {
    if (at == At.UNTIL_CLOSE) {
      end();
    }
  }

  private boolean end() {
    at = At.HEAD;
    reader.end();
    return true;
  }

  private boolean go(At next) {
    at = next;
    return false;
  }

  private boolean takeHead(ByteBuf bytes) throws NotHttp {
    boolean complete = copyLine(bytes, head);
    byte[] sofar = head.toByteArray();
    int known = Math.min(sofar.length, beginning.length());
    if (!new String(sofar, 0, known, ISO_8859_1).equals(beginning.substring(0, known))) {
      throw new NotHttp("it does not begin with " + beginning);
    }
    if (sofar.length > LONGEST_HEAD) {
      throw new NotHttp("a head is longer than " + LONGEST_HEAD + " bytes");
    }
    return complete && isLastOfHead(sofar) && endHead(sofar);
  }

  /** An empty line, ended by LF or CR LF. */
  private static boolean isLastOfHead(byte[] head) {
    int before = head.length - 2;
    if (before >= 0 && head[before] == '\r') {
      before--;
    }
    return before < 0 || head[before] == '\n';
  }

  private boolean endHead(byte[] bytes) throws NotHttp {
    HttpFraming framing = reader.head(bytes);
    head.reset();
    left = framing.length();
    return switch (framing.kind()) {
      case NO_BODY -> end();
      case LENGTH -> go(At.BODY);
      case CHUNKED -> go(At.CHUNK_SIZE);
      case UNTIL_CLOSE -> go(At.UNTIL_CLOSE);
    };
  }

  private boolean takeContent(ByteBuf bytes) {
    int size = (int) Math.min(left, bytes.readableBytes());
    left -= size;
    reader.piece(bytes.readSlice(size), true);
    return left == 0;
  }

  private boolean takeRest(ByteBuf bytes) {
    reader.piece(bytes.readSlice(bytes.readableBytes()), true);
    return false;
  }

  private boolean takeSize(ByteBuf bytes) throws NotHttp {
    if (!takeLine(bytes)) {
      return false;
    }
    String text = lineText();
    int extension = text.indexOf(';');
    try {
      left = Long.parseLong((extension < 0 ? text : text.substring(0, extension)).strip(), 16);
    } catch (NumberFormatException none) {
      throw new NotHttp("a chunk has no size");
    }
    if (left < 0) {
      throw new NotHttp("a chunk has a size below 0");
    }
    return go(left == 0 ? At.TRAILER : At.CHUNK);
  }

  private boolean endChunk() throws NotHttp {
    if (!lineText().isEmpty()) {
      throw new NotHttp("a chunk is longer than it says");
    }
    return go(At.CHUNK_SIZE);
  }

  private boolean endTrailer() {
    return lineText().isEmpty() && end();
  }

  /** Whether a line is complete, which {@link #lineText} then has. */
  private boolean takeLine(ByteBuf bytes) throws NotHttp {
    int begin = bytes.readerIndex();
    boolean complete = copyLine(bytes, line);
    reader.piece(bytes.slice(begin, bytes.readerIndex() - begin), false);
    if (line.size() > LONGEST_LINE) {
      throw new NotHttp("a line between chunks is longer than " + LONGEST_LINE + " bytes");
    }
    return complete;
  }

  private String lineText() {
    String text = line.toString(ISO_8859_1).stripTrailing();
    line.reset();
    return text;
  }

  /** Copies up to the end of the line, or all there is. */
  private static boolean copyLine(ByteBuf bytes, ByteArrayOutputStream into) {
    int before = bytes.bytesBefore((byte) '\n');
    byte[] part = new byte[before < 0 ? bytes.readableBytes() : before + 1];
    bytes.readBytes(part);
    into.writeBytes(part);
    return before >= 0;
  }
}
