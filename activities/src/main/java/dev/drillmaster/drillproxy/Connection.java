package dev.drillmaster.drillproxy;

import dev.drillmaster.fault.Direction;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.SocketAddress;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

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

  /**
   * What connections of a route share.
   *
   * @param rules what is done to their bytes
   * @param up counts bytes to the upstream
   * @param down counts bytes to the client
   * @param held has the bytes that wait
   */
  record Shared(Rules rules, LongAdder up, LongAdder down, LongAdder held) {}

  private final Channel client;
  private final SocketAddress upstream;
  private final Shared shared;
  private volatile @Nullable Channel server;
  private @Nullable Flow up;
  private @Nullable Flow down;
  private @Nullable Exchanges exchanges;

  /** Of a client which is not read yet; see {@link #reconsider}. */
  Connection(Channel client, SocketAddress upstream, Shared shared) {
    this.client = client;
    this.upstream = upstream;
    this.shared = shared;
  }

  /**
   * The rules have changed, or it begins: connects if it is not connected yet and nothing is in the
   * way, and lets pass what waits. A client whose way is cut waits for its connection, since
   * upstreams give up on those who connect and say nothing.
   */
  void reconsider() {
    if (shared.rules().refuse()) {
      closeSoon();
      return;
    }
    if (server == null && client.isOpen() && !shared.rules().cut(Direction.TO_UPSTREAM)) {
      connect();
    }
    if (up != null && down != null && exchanges != null) {
      exchanges.settle();
      up.release();
      down.release();
    }
  }

  /** If the upstream does not accept, the client shall see a refusal, not a silence. */
  private void connect() {
    ChannelFuture connecting =
        new Bootstrap()
            .group(client.eventLoop())
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .handler(UNUSED)
            .connect(upstream);
    Channel reached = connecting.channel();
    server = reached;
    connecting.addListener(
        connected -> {
          if (connected.isSuccess() && client.isActive()) {
            relay(reached);
          } else {
            var unusedClient = client.close();
            var unusedServer = reached.close();
          }
        });
  }

  private void relay(Channel reached) {
    Rules rules = shared.rules();
    Flow away = new Flow(client, reached, Direction.TO_UPSTREAM, rules, shared.up(), shared.held());
    Flow back = new Flow(reached, client, Direction.TO_CLIENT, rules, shared.down(), shared.held());
    Exchanges between = new Exchanges(rules::liar, away, back, client.eventLoop());
    up = away;
    down = back;
    exchanges = between;
    reached.pipeline().addLast(new Relay(between.answers(), away));
    client.pipeline().addLast(new Relay(between.requests(), back));
    away.gate();
    back.gate();
  }

  /** Runs once when both sides are closed: a frozen upstream may be left open for a while. */
  void onClosed(Runnable action) {
    client
        .closeFuture()
        .addListener(
            clientClosed -> {
              @Nullable Channel reached = server;
              if (reached == null) {
                action.run();
              } else {
                reached.closeFuture().addListener(closed -> action.run());
              }
            });
  }

  private void closeSoon() {
    var unusedClient = client.close();
    @Nullable Channel reached = server;
    if (reached != null) {
      var unusedServer = reached.close();
    }
  }

  /** Closes both sides, without regard to bytes under way, and waits until they are closed. */
  void close() {
    client.close().awaitUninterruptibly();
    @Nullable Channel reached = server;
    if (reached != null) {
      reached.close().awaitUninterruptibly();
    }
  }
}
