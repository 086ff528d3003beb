package dev.drillmaster.drillproxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/** What the client is told of one answer, beginning after its head. */
interface Telling {

  /**
   * Bytes of the service's own answer, not retained.
   *
   * @param content whether they are the body's, not what frames it
   */
  void piece(ByteBuf bytes, boolean content);

  /** The service's own answer is complete. */
  void end();

  /**
   * No lie any more, in the middle of this: what was kept back goes out.
   *
   * @return false if the client has all of an answer and must not see the rest of this one
   */
  boolean cease();

  /** The answer as it is. */
  static Telling truth(HttpHead head, Consumer<ByteBuf> out) {
    return told(head.bytes(), out);
  }

  /** The body as it is, after a head. */
  static Telling told(byte[] head, Consumer<ByteBuf> out) {
    out.accept(Unpooled.wrappedBuffer(head));
    return new Telling() {
      @Override
      public void piece(ByteBuf bytes, boolean content) {
        out.accept(bytes.retainedSlice());
      }

      @Override
      public void end() {}

      @Override
      public boolean cease() {
        return true;
      }
    };
  }

  /** Another answer, whole. The one that the service gives goes nowhere, however long it is. */
  static Telling instead(byte[] answer, Consumer<ByteBuf> out) {
    out.accept(Unpooled.wrappedBuffer(answer));
    return new Telling() {
      @Override
      public void piece(ByteBuf bytes, boolean content) {}

      @Override
      public void end() {}

      @Override
      public boolean cease() {
        return false;
      }
    };
  }
}
