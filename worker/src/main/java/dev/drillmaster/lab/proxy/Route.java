package dev.drillmaster.lab.proxy;

import dev.drillmaster.proxy.Redirected;
import dev.drillmaster.proxy.RouteStatus;
import dev.drillmaster.proxy.Upstream;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * A port of 127.0.0.1 whose connections go to one upstream at a time. The lock guards upstream and
 * connections together: a client that is accepted during a redirect goes to the new upstream, or is
 * among those that are closed.
 */
final class Route {

  private final String name;
  private final Channel listener;
  private final Set<Connection> connections = new LinkedHashSet<>();
  private final LongAdder up = new LongAdder();
  private final LongAdder down = new LongAdder();
  private Upstream upstream;

  /**
   * Begins to listen.
   *
   * @param port 0 for any free port
   * @throws RuntimeException whose cause says why the port cannot be taken
   */
  Route(EventLoopGroup loops, String name, int port, Upstream upstream) {
    this.name = name;
    this.upstream = upstream;
    this.listener =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel client) {
                    accept(client);
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .syncUninterruptibly()
            .channel();
  }

  private synchronized void accept(Channel client) {
    InetSocketAddress address = new InetSocketAddress(upstream.host(), upstream.port());
    Connection connection = Connection.open(client, address, up, down);
    connections.add(connection);
    connection.onClosed(() -> forget(connection));
  }

  private synchronized void forget(Connection connection) {
    connections.remove(connection);
  }

  /** Returns after the last connection to another upstream is closed. */
  Redirected redirect(Upstream wanted) {
    List<Connection> former;
    synchronized (this) {
      if (upstream.equals(wanted)) {
        return new Redirected(false, 0);
      }
      upstream = wanted;
      former = List.copyOf(connections);
    }
    former.forEach(Connection::close);
    return new Redirected(true, former.size());
  }

  synchronized RouteStatus status() {
    return new RouteStatus(
        name,
        ((InetSocketAddress) listener.localAddress()).getPort(),
        upstream,
        connections.size(),
        up.sum(),
        down.sum());
  }
}
