package dev.drillmaster.drillproxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** One side of a connection: hands what it receives to what leads to the other side. */
final class Relay extends ChannelInboundHandlerAdapter {

  private final Intake away;
  private final Flow towards;

  /**
   * @param away takes what this side sends
   * @param towards brings what this side receives
   */
  Relay(Intake away, Flow towards) {
    this.away = away;
    this.towards = towards;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    away.take((ByteBuf) message);
  }

  /** This side can take more bytes, or no more. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    towards.gate();
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    away.end();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A reset by one side is the everyday case; the other side learns it by the close.
    var unused = context.close();
  }
}
