package dev.drillmaster.drillproxy;

import dev.drillmaster.proxy.HttpLie;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/** An answer that passes as it is, and of which a copy is kept. */
final class KeptAnswer implements Telling {

  private final Consumer<ByteBuf> out;
  private final Consumer<byte[]> keep;
  private final Runnable tooLong;
  private final int most;
  private final ByteArrayOutputStream copy = new ByteArrayOutputStream();
  private boolean keeping = true;

  /**
   * @param keep takes the answer when it is complete
   * @param tooLong is told if that will not be
   */
  KeptAnswer(HttpHead head, Consumer<ByteBuf> out, Consumer<byte[]> keep, Runnable tooLong) {
    this.out = out;
    this.keep = keep;
    this.tooLong = tooLong;
    this.most = head.bytes().length + HttpLie.LARGEST_BODY;
    copy.writeBytes(head.bytes());
    out.accept(Unpooled.wrappedBuffer(head.bytes()));
  }

  @Override
  public void piece(ByteBuf bytes, boolean content) {
    if (keeping && copy.size() + bytes.readableBytes() > most) {
      keeping = false;
      copy.reset();
      tooLong.run();
    }
    if (keeping) {
      byte[] part = new byte[bytes.readableBytes()];
      bytes.getBytes(bytes.readerIndex(), part);
      copy.writeBytes(part);
    }
    out.accept(bytes.retainedSlice());
  }

  @Override
  public void end() {
    if (keeping) {
      keep.accept(copy.toByteArray());
    }
  }

  @Override
  public boolean cease() {
    keeping = false;
    return true;
  }
}
