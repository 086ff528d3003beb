package dev.drillmaster.lab.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.atomic.LongAdder;

/** A client and its upstream. Both sides live on one event loop, so that they need no locks. */
final class Connection {

  // Loopback or a local network: a host that has not accepted by then does not accept.
  private static final int CONNECT_MILLIS = 1000;

  /** Does nothing: the upstream side gets its relay once it is connected. */
  private static final class Unused extends ChannelInboundHandlerAdapter {
    @Override
    public boolean isSharable() {
      return true;
    }
  }

  private static final ChannelHandler UNUSED = new Unused();

  private final Channel client;
  private final ChannelFuture connecting;

  private Connection(Channel client, ChannelFuture connecting) {
    this.client = client;
    this.connecting = connecting;
  }

  /**
   * Connects a client, which is not read yet, to an upstream. If the upstream does not accept, the
   * client is closed at once: it shall see a refusal, not a silence.
   *
   * @param up counts bytes to the upstream
   * @param down counts bytes to the client
   */
  static Connection open(
      Channel client, java.net.SocketAddress upstream, LongAdder up, LongAdder down) {
    ChannelFuture connecting =
        new Bootstrap()
            .group(client.eventLoop())
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .handler(UNUSED)
            .connect(upstream);
    Channel server = connecting.channel();
    connecting.addListener(
        connected -> {
          if (!connected.isSuccess() || !client.isActive()) {
            var unusedClient = client.close();
            var unusedServer = server.close();
            return;
          }
          server.pipeline().addLast(Relay.NAME, new Relay(client, down));
          client.pipeline().addLast(Relay.NAME, new Relay(server, up));
          server.config().setAutoRead(true);
          client.config().setAutoRead(true);
        });
    return new Connection(client, connecting);
  }

  /** Runs once when both sides are closed: a frozen upstream may be left open for a while. */
  void onClosed(Runnable action) {
    client
        .closeFuture()
        .addListener(
            clientClosed -> connecting.channel().closeFuture().addListener(closed -> action.run()));
  }

  /** Closes both sides, without regard to bytes under way, and waits until they are closed. */
  void close() {
    ChannelFuture serverClosed = connecting.channel().close();
    client.close().awaitUninterruptibly();
    serverClosed.awaitUninterruptibly();
  }
}
