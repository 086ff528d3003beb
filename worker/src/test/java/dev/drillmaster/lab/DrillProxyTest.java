package dev.drillmaster.lab;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.control.ControlAddress;
import dev.drillmaster.control.ControlToken;
import dev.drillmaster.drillproxy.DrillProxy.RouteSettings;
import dev.drillmaster.proxy.ProxyControl;
import dev.drillmaster.proxy.Redirected;
import dev.drillmaster.proxy.RouteStatus;
import dev.drillmaster.proxy.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Tag("lab")
// One proxy for all: each test begins with the same route.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DrillProxyTest {

  private final Path directory;
  private final StartedProcesses processes;
  private final EchoServer first;
  private final EchoServer second;
  private final Upstream nobody;
  private ProxyControl proxy;
  private int port;

  DrillProxyTest(@TempDir Path directory) throws Exception {
    this.directory = directory;
    this.processes = new StartedProcesses(directory);
    this.first = new EchoServer("1");
    this.second = new EchoServer("2");
    try (ServerSocket free = new ServerSocket(0)) {
      this.nobody = new Upstream("127.0.0.1", free.getLocalPort());
    }
  }

  @BeforeAll
  void start() throws Exception {
    proxy = processes.proxy(new RouteSettings("database", 0, first.upstream()));
    port = proxy.route("database").listenPort();
  }

  @BeforeEach
  void pointsToTheFirst() throws Exception {
    proxy.redirect("database", first.upstream());
  }

  @AfterEach
  void leavesNoConnection() throws Exception {
    proxy.redirect("database", nobody);
    assertThat(proxy.route("database").connections()).isZero();
  }

  @AfterAll
  void stop() throws Exception {
    processes.close();
    first.close();
    second.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(5000);
    return socket;
  }

  private static String ask(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    return new String(socket.getInputStream().readNBytes(text.length() + 1), US_ASCII);
  }

  private static boolean isClosed(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Test
  void itSaysThatItServes() throws Exception {
    proxy.checkHealth();
    assertThat(proxy.routes()).extracting(RouteStatus::name).containsExactly("database");
  }

  @Test
  void bytesGoBothWaysAndAreCounted() throws Exception {
    RouteStatus before = proxy.route("database");
    try (Socket socket = connect()) {
      assertThat(ask(socket, "hello")).isEqualTo("1hello");
      RouteStatus now = proxy.route("database");
      assertThat(now.connections()).isEqualTo(1);
      assertThat(now.bytesUp() - before.bytesUp()).isEqualTo(5);
      assertThat(now.bytesDown() - before.bytesDown()).isEqualTo(6);
    }
  }

  @Test
  void aRedirectClosesWhatWasOpenAndSwitchesWhatComes() throws Exception {
    try (Socket one = connect();
        Socket two = connect()) {
      assertThat(ask(one, "a")).isEqualTo("1a");
      assertThat(ask(two, "b")).isEqualTo("1b");

      assertThat(proxy.redirect("database", second.upstream())).isEqualTo(new Redirected(true, 2));

      assertThat(proxy.route("database").connections()).isZero();
      assertThat(isClosed(one)).isTrue();
      assertThat(isClosed(two)).isTrue();
      first.awaitConnections(0);
    }
    try (Socket socket = connect()) {
      assertThat(ask(socket, "c")).isEqualTo("2c");
    }
  }

  @Test
  void aRepeatedRedirectKeepsTheNewConnections() throws Exception {
    proxy.redirect("database", second.upstream());
    try (Socket socket = connect()) {
      assertThat(ask(socket, "a")).isEqualTo("2a");

      assertThat(proxy.redirect("database", second.upstream())).isEqualTo(new Redirected(false, 0));

      // One byte: the echo server names itself only once.
      socket.getOutputStream().write('b');
      assertThat(socket.getInputStream().read()).isEqualTo('b');
    }
  }

  @Test
  void ifTheUpstreamDoesNotAcceptTheClientIsClosedAtOnce() throws Exception {
    proxy.redirect("database", nobody);
    long begin = System.nanoTime();
    try (Socket socket = connect()) {
      assertThat(isClosed(socket)).isTrue();
    }
    assertThat(System.nanoTime() - begin).isLessThan(Duration.ofMillis(500).toNanos());
  }

  @Test
  void eachSideLearnsThatTheOtherClosed() throws Exception {
    try (Socket socket = connect()) {
      assertThat(ask(socket, "a")).isEqualTo("1a");
      first.awaitConnections(1);
    }
    first.awaitConnections(0);
    try (Socket socket = connect()) {
      assertThat(ask(socket, "a")).isEqualTo("1a");
      first.dropConnections();
      assertThat(isClosed(socket)).isTrue();
    }
  }

  @Test
  void aClientThatDoesNotReadHoldsTheUpstreamBackAndLosesNothing() throws Exception {
    byte[] block = new byte[1 << 20];
    Arrays.fill(block, (byte) 'x');
    int blocks = 64;
    try (Socket socket = connect()) {
      Thread writer =
          new Thread(
              () -> {
                try {
                  OutputStream out = socket.getOutputStream();
                  for (int i = 0; i < blocks; i++) {
                    out.write(block);
                  }
                } catch (IOException closed) {
                  // Seen below: not everything comes back.
                }
              });
      writer.start();
      // As much as the buffers of four sockets take, then a standstill far below 64 MiB, which the
      // 64 MiB heap of the proxy could not hold either.
      long moved = awaitStandstill();
      assertThat(moved).isLessThan(40L << 20);

      InputStream in = socket.getInputStream();
      assertThat(in.read()).isEqualTo('1');
      byte[] back = new byte[1 << 16];
      long received = 0;
      for (int n; received < (long) blocks << 20 && (n = in.read(back)) >= 0; ) {
        received += n;
      }
      assertThat(received).isEqualTo((long) blocks << 20);
      writer.join();
    }
  }

  private long awaitStandstill() throws Exception {
    long latest = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    long before = -1;
    for (int same = 0; same < 10; ) {
      assertThat(System.nanoTime()).as("the proxy stops reading").isLessThan(latest);
      RouteStatus now = proxy.route("database");
      long moved = now.bytesUp() + now.bytesDown();
      same = moved == before && moved > 0 ? same + 1 : 0;
      before = moved;
      Thread.sleep(10);
    }
    return before;
  }

  @Test
  void anUnknownRouteAndAnImpossibleUpstreamAreRefusedWithWhatIsWrong() {
    assertThatThrownBy(() -> proxy.redirect("replication", nobody))
        .hasMessageContaining("no route replication, only [database]");
    assertThatThrownBy(() -> proxy.route("replication")).hasMessageContaining("[database]");
    assertThatThrownBy(() -> new Upstream("127.0.0.1", 0)).hasMessageContaining("port");
  }

  @Test
  void withoutTheTokenNothingIsDoneAndTheTokenIsNotLogged() throws Exception {
    Path home = directory.resolve("proxy");
    int control = ControlAddress.read(home.resolve(ProxyControl.ADDRESS_FILE)).port();
    ControlToken wrong = ControlToken.create(directory.resolve("wrong.token"));

    assertThatThrownBy(
            () -> new ProxyControl(control, wrong).redirect("database", second.upstream()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("401");

    assertThat(proxy.route("database").upstream()).isEqualTo(first.upstream());
    String log = Files.readString(directory.resolve("proxy.address.log"));
    assertThat(log).contains("refused PUT /routes/database/upstream");
    assertThat(log)
        .doesNotContain(Files.readString(directory.resolve("wrong.token")).strip())
        .doesNotContain(Files.readString(home.resolve(ProxyControl.TOKEN_FILE)).strip());
  }

  @Test
  void aTokenThatOthersMayReadIsNotUsed() throws Exception {
    Path open = Files.writeString(directory.resolve("open.token"), "secret");
    Files.setPosixFilePermissions(
        open, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> ControlToken.read(open)).hasMessageContaining("chmod 600");
  }

  @Test
  void aProxyThatIsGoneIsNamed() throws Exception {
    ControlToken token =
        ControlToken.read(directory.resolve("proxy").resolve(ProxyControl.TOKEN_FILE));

    assertThatThrownBy(() -> new ProxyControl(nobody.port(), token).routes())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the drill proxy on port " + nobody.port() + " did not answer");
  }
}
