package dev.drillmaster.drillproxy;

import io.netty.buffer.ByteBuf;

/** Takes what one side of a connection sends, in order. */
interface Intake {

  /** Bytes, which are the intake's from now on. */
  void take(ByteBuf bytes);

  /** The sender has closed. */
  void end();
}
