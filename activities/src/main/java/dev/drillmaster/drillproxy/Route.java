package dev.drillmaster.drillproxy;

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
  private final Rules rules;
  private final Connection.Shared shared;
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
    this.rules = new Rules(loops.next(), this::reconsider);
    this.shared = new Connection.Shared(rules, new LongAdder(), new LongAdder(), new LongAdder());
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

  private void accept(Channel client) {
    Connection connection;
    synchronized (this) {
      InetSocketAddress address = new InetSocketAddress(upstream.host(), upstream.port());
      connection = new Connection(client, address, shared);
      connections.add(connection);
    }
    connection.onClosed(() -> forget(connection));
    connection.reconsider();
  }

  /** On the event loop, as are all connections: it has one thread. */
  private void reconsider() {
    List<Connection> all;
    synchronized (this) {
      all = List.copyOf(connections);
    }
    all.forEach(Connection::reconsider);
  }

  Rules rules() {
    return rules;
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
        shared.up().sum(),
        shared.down().sum(),
        shared.held().sum(),
        rules.list());
  }
}
