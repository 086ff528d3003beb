package dev.drillmaster.lab.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.LongAdder;

/**
 * Carries the bytes of one direction of a connection to the peer. Back-pressure: this side is read
 * only while the peer can be written, so at most one high-water mark of bytes waits in between.
 */
final class Relay extends ChannelInboundHandlerAdapter {

  /** Its name in a pipeline; a handler that disturbs this direction is placed before it. */
  static final String NAME = "relay";

  private final Channel peer;
  private final LongAdder bytes;

  Relay(Channel peer, LongAdder bytes) {
    this.peer = peer;
    this.bytes = bytes;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    bytes.add(((ByteBuf) message).readableBytes());
    peer.write(message).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    peer.flush();
  }

  /** This side can take more bytes, or no more: read the peer accordingly. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    peer.config().setAutoRead(context.channel().isWritable());
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    // What was received goes out before the peer is closed.
    peer.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A reset by one side is the everyday case; the other side learns it by the close.
    var unused = context.close();
  }
}
