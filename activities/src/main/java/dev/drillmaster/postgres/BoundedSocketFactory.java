package dev.drillmaster.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.SocketFactory;

/**
 * Sockets for the JDBC driver that give up connecting, and waiting for an answer, after
 * milliseconds; the driver's own timeouts count in whole seconds. Its property {@code
 * socketTimeout} must be set all the same: without it the driver takes the end of a wait for none
 * and reads on for ever. Public because the driver makes it by name.
 */
public final class BoundedSocketFactory extends SocketFactory {

  private final int millis;

  /** Called by the driver with the value of its property socketFactoryArg. */
  public BoundedSocketFactory(String millis) {
    this.millis = Integer.parseInt(millis);
  }

  @Override
  public Socket createSocket() throws IOException {
    Socket socket = new BoundedSocket(millis);
    socket.setSoTimeout(millis);
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    Socket socket = createSocket();
    socket.connect(new InetSocketAddress(host, port));
    return socket;
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    Socket socket = createSocket();
    socket.connect(new InetSocketAddress(host, port));
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    throw new UnsupportedOperationException("the driver is not told a local address");
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    throw new UnsupportedOperationException("the driver is not told a local address");
  }

  private static final class BoundedSocket extends Socket {

    private final int millis;

    BoundedSocket(int millis) {
      this.millis = millis;
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
      connect(endpoint, 0);
    }

    /** Never longer than ours, whatever the driver asks for. */
    @Override
    public void setSoTimeout(int timeout) throws SocketException {
      super.setSoTimeout(timeout == 0 ? millis : Math.min(timeout, millis));
    }

    // A frozen server accepts until its backlog is full; from then on connecting hangs, too.
    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      super.connect(endpoint, timeout == 0 ? millis : Math.min(timeout, millis));
    }
  }
}
