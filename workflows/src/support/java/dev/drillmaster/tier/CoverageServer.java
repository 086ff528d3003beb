package dev.drillmaster.tier;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jacoco.core.data.ExecutionData;
import org.jacoco.core.data.ExecutionDataStore;
import org.jacoco.core.runtime.RemoteControlReader;
import org.jacoco.core.runtime.RemoteControlWriter;

/**
 * Where JaCoCo's agents in child processes deliver what was covered: at their end and, because most
 * are killed, each {@link #PERIOD} until then. On loopback only.
 */
final class CoverageServer {

  /** What a child covered in the last so much before a SIGKILL is not counted. */
  private static final Duration PERIOD = Duration.ofMillis(500);

  /** For those that end just now; one that was left running does not hold the build up. */
  private static final Duration LAST_DATA_WITHIN = Duration.ofSeconds(2);

  private final ServerSocket server;
  private final ExecutionDataStore covered = new ExecutionDataStore();
  private final Map<Thread, RemoteControlWriter> children = new ConcurrentHashMap<>();

  private CoverageServer(ServerSocket server) {
    this.server = server;
  }

  static CoverageServer start() throws IOException {
    CoverageServer started =
        new CoverageServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    daemon("coverage-accept", started::acceptChildren);
    daemon("coverage-ask", started::askChildren);
    return started;
  }

  private static Thread daemon(String name, Runnable action) {
    Thread thread = new Thread(action, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /**
   * The JVM argument for children.
   *
   * @param javaAgent the option without the agent's own options
   */
  String agent(String javaAgent) {
    return javaAgent
        + "=output=tcpclient,address=127.0.0.1,port="
        + server.getLocalPort()
        + ",includes=dev.drillmaster.*";
  }

  private void acceptChildren() {
    while (!server.isClosed()) {
      try {
        Socket child = server.accept();
        daemon("coverage-child", () -> read(child));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void read(Socket child) {
    try (Socket open = child) {
      RemoteControlWriter commands = new RemoteControlWriter(open.getOutputStream());
      RemoteControlReader data = new RemoteControlReader(open.getInputStream());
      data.setSessionInfoVisitor(session -> {});
      data.setExecutionDataVisitor(this::add);
      children.put(Thread.currentThread(), commands);
      while (data.read()) {
        // Each round is the answer to one question.
      }
    } catch (IOException killed) {
      // What came before is kept.
    } finally {
      children.remove(Thread.currentThread());
    }
  }

  private void add(ExecutionData data) {
    synchronized (covered) {
      covered.put(data);
    }
  }

  private void askChildren() {
    while (!server.isClosed()) {
      children.values().forEach(CoverageServer::ask);
      try {
        Thread.sleep(PERIOD.toMillis());
      } catch (InterruptedException nobodyInterruptsUs) {
        return;
      }
    }
  }

  private static void ask(RemoteControlWriter commands) {
    try {
      commands.visitDumpCommand(true, false);
    } catch (IOException killed) {
      // Its reader notices the same and forgets it.
    }
  }

  /** Waits a short while for children that end just now, and takes no more. */
  ExecutionDataStore close() throws IOException {
    long begin = System.nanoTime();
    for (Thread child : children.keySet()) {
      long left = LAST_DATA_WITHIN.toMillis() - (System.nanoTime() - begin) / 1_000_000;
      try {
        child.join(Math.max(1, left));
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
    }
    server.close();
    synchronized (covered) {
      ExecutionDataStore all = new ExecutionDataStore();
      covered.getContents().forEach(all::put);
      return all;
    }
  }
}
