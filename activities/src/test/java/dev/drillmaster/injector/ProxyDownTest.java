package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.ProxyDown;
import dev.drillmaster.injection.InjectionSpec;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
final class ProxyDownTest extends RouteContract {

  @Override
  Fault fault() {
    return new ProxyDown();
  }

  /** Somebody listens, and closes without a word; without a proxy nobody would listen. */
  @Override
  boolean effectSeen() {
    try (Socket client = lab.connect()) {
      return isClosed(client);
    } catch (IOException nobodyListens) {
      return false;
    }
  }

  private static boolean isClosed(Socket client) {
    try {
      return client.getInputStream().read() < 0;
    } catch (SocketTimeoutException silent) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  void whoIsConnectedIsClosed() throws Exception {
    try (Socket client = lab.connect()) {
      assertThat(client.getInputStream().read()).isEqualTo('y');
      InjectionSpec spec = HostLab.spec(fault());
      lab.injections().inject(spec, () -> {});
      client.setSoTimeout(5000);
      assertThat(isClosed(client)).isTrue();
      lab.injections().heal(spec, "workflow");
    }
    assertThat(lab.serves()).isTrue();
  }
}
