package dev.drillmaster.prober;

import dev.drillmaster.proxy.Upstream;
import dev.drillmaster.steadystate.TcpProbe;
import dev.drillmaster.system.SystemDefinition;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Connects, and closes at once. */
final class TcpProber implements Prober<TcpProbe> {

  @Override
  public Class<TcpProbe> probeClass() {
    return TcpProbe.class;
  }

  @Override
  public Answer ask(TcpProbe probe, SystemDefinition system) throws CannotAsk {
    String named = system.endpoints().getOrDefault(probe.endpoint(), probe.endpoint());
    Upstream address;
    try {
      address = Upstream.parse(named);
    } catch (IllegalArgumentException wrong) {
      throw new CannotAsk(
          "endpoint \""
              + probe.endpoint()
              + "\" is neither HOST:PORT nor one of "
              + system.endpoints().keySet());
    }
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(address.host(), address.port()), (int) probe.timeout().toMillis());
      return new Answer(true, "accepts connections");
    } catch (IOException refused) {
      return new Answer(false, refused.toString());
    }
  }
}
