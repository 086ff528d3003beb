package dev.drillmaster.drillproxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.drillmaster.proxy.HttpLie;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * An answer that waits until its body is complete, is changed, and goes out with a length that is
 * true. What is kept back meanwhile is bounded by {@link HttpLie#LARGEST_BODY}; the server is not
 * held back for it.
 */
final class ChangedAnswer implements Telling {

  /** Changes bodies. */
  interface Change {

    /** Another body, or the same array if there is nothing to change in it. */
    byte[] of(byte[] body);

    /** An answer is told or spared. */
    void count(boolean told);
  }

  private final HttpHead head;
  private final HttpFraming framing;
  private final Change change;
  private final BooleanSupplier inForce;
  private final Consumer<ByteBuf> out;
  private final ByteArrayOutputStream own = new ByteArrayOutputStream();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final ByteArrayOutputStream trailer = new ByteArrayOutputStream();
  private boolean passing;

  /**
   * @param inForce asked when all else is done: the proxy may have been frozen meanwhile
   */
  ChangedAnswer(
      HttpHead head,
      HttpFraming framing,
      Change change,
      BooleanSupplier inForce,
      Consumer<ByteBuf> out) {
    this.head = head;
    this.framing = framing;
    this.change = change;
    this.inForce = inForce;
    this.out = out;
    own.writeBytes(head.bytes());
  }

  @Override
  public void piece(ByteBuf bytes, boolean content) {
    if (passing) {
      out.accept(bytes.retainedSlice());
      return;
    }
    byte[] copy = new byte[bytes.readableBytes()];
    bytes.getBytes(bytes.readerIndex(), copy);
    own.writeBytes(copy);
    (content ? body : trailer).writeBytes(copy);
    if (content) {
      // What frames the chunks before goes; what comes after the last is the trailer.
      trailer.reset();
    }
    if (own.size() > HttpLie.LARGEST_BODY + head.bytes().length) {
      giveUp();
    }
  }

  /** It passes as it is, and is counted. */
  void giveUp() {
    if (!passing) {
      change.count(false);
      cease();
    }
  }

  @Override
  public void end() {
    if (passing) {
      return;
    }
    byte[] was = body.toByteArray();
    byte[] changed = change.of(was);
    if (changed == was || !inForce.getAsBoolean()) {
      cease();
      return;
    }
    passing = true;
    change.count(true);
    out.accept(Unpooled.wrappedBuffer(with(changed)));
  }

  private byte[] with(byte[] changed) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.writeBytes(head.withLength(changed.length));
    boolean chunked = framing.kind() == HttpFraming.Kind.CHUNKED;
    if (chunked && changed.length > 0) {
      answer.writeBytes((Integer.toHexString(changed.length) + "\r\n").getBytes(US_ASCII));
    }
    answer.writeBytes(changed);
    if (chunked) {
      answer.writeBytes(changed.length > 0 ? trailer.toByteArray() : withoutChunkEnd());
    }
    return answer.toByteArray();
  }

  /** What follows the last chunk begins with the end of that chunk. */
  private byte[] withoutChunkEnd() {
    String text = trailer.toString(US_ASCII);
    return text.substring(text.indexOf('\n') + 1).getBytes(US_ASCII);
  }

  @Override
  public boolean cease() {
    if (!passing) {
      passing = true;
      out.accept(Unpooled.wrappedBuffer(own.toByteArray()));
    }
    return true;
  }
}
