package dev.drillmaster.prober;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.drillmaster.postgres.Passwords;
import dev.drillmaster.steadystate.HttpProbe;
import dev.drillmaster.steadystate.Observation;
import dev.drillmaster.steadystate.Probe;
import dev.drillmaster.steadystate.SqlProbe;
import dev.drillmaster.steadystate.TcpProbe;
import dev.drillmaster.system.SystemDefinition;
import dev.drillmaster.system.SystemDefinition.DatabaseAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("lab")
class ProbersTest {

  private static final Duration TIMEOUT = Duration.ofMillis(400);

  private final Probers probers = Probers.all();

  @TempDir private Path directory;

  private SystemDefinition system(int port) throws IOException {
    Passwords passwords = new Passwords(directory.resolve("passwords"));
    passwords.create("ledger");
    return new SystemDefinition(
        List.of("db1", "db2"),
        "ledger",
        new SystemDefinition.Traffic(directory, "database"),
        Map.of("web", "http://127.0.0.1:" + port, "port", "127.0.0.1:" + port),
        Map.of("database", new DatabaseAccess(port, "ledger", "ledger", passwords.directory())),
        new SystemDefinition.Load(directory, List.of()));
  }

  private Observation ask(Probe probe, int port) throws Exception {
    return probers.ask(probe, system(port));
  }

  private static List<Probe> one(String endpoint, String web, String database) {
    return List.of(
        new TcpProbe("tcp", endpoint, TIMEOUT),
        new HttpProbe("http", web, "/", 200, TIMEOUT),
        new SqlProbe("sql", database, "select 1", "1", TIMEOUT));
  }

  @Test
  void whatRefusesIsNotTolerated() throws Exception {
    for (Probe probe : one("port", "web", "database")) {
      assertThat(ask(probe, 1)).as(probe.name()).returns(false, Observation::met);
    }
  }

  @Test
  void whatIsSilentIsNotToleratedWithinItsTimeout() throws Exception {
    // Accepts by its backlog and never says a word, like a frozen server.
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      for (Probe probe : one("port", "web", "database").subList(1, 3)) {
        Observation seen = ask(probe, silent.getLocalPort());
        assertThat(seen.met()).as(probe.name()).isFalse();
        assertThat(seen.latencyMillis()).as(probe.name()).isBetween(300L, 1500L);
      }
    }
  }

  @Test
  void anotherStatusIsAnAnswerAndNotTolerated() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(503, -1);
          exchange.close();
        });
    server.start();
    try {
      int port = server.getAddress().getPort();
      assertThat(ask(new HttpProbe("http", "web", "/", 503, TIMEOUT), port).met()).isTrue();
      assertThat(ask(new HttpProbe("http", "web", "/", 200, TIMEOUT), port).value())
          .isEqualTo("status 503");
      assertThat(ask(new TcpProbe("tcp", "port", TIMEOUT), port).met()).isTrue();
      assertThat(ask(new TcpProbe("tcp", "127.0.0.1:" + port, TIMEOUT), port).met()).isTrue();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whatCannotBeAskedIsNeitherMetNorNot() throws Exception {
    for (Probe probe : one("nowhere", "no scheme", "nowhere")) {
      Observation seen = ask(probe, 1);
      assertThat(seen.met()).as(probe.name()).isNull();
      assertThat(seen.value()).as(probe.name()).containsAnyOf("one of", "only");
    }
  }
}
