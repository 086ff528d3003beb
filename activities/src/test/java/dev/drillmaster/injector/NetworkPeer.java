package dev.drillmaster.injector;

import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.journal.HostJournal;
import dev.drillmaster.policy.Policy;
import dev.drillmaster.target.TargetKinds;
import dev.drillmaster.target.Targets;
import dev.drillmaster.watchdog.WatchdogExpiry;
import dev.drillmaster.wire.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * What tests let processes do in network namespaces: echo, or ask who echoes. A test cannot enter a
 * namespace itself. Each ends with its standard input.
 */
public final class NetworkPeer {

  private NetworkPeer() {}

  public static void main(String[] arguments) throws Exception {
    System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
    switch (arguments[0]) {
      case "echo" -> echo(List.of(arguments).subList(1, arguments.length));
      case "ask" -> ask(address(arguments[1], arguments[2]));
      case "prepare" -> prepare(arguments);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static InetSocketAddress address(String host, String port) {
    return new InetSocketAddress(host, Integer.parseInt(port));
  }

  private static void echo(List<String> ports) throws IOException {
    for (String port : ports) {
      ServerSocket server = new ServerSocket(Integer.parseInt(port));
      daemon(
          () -> {
            while (true) {
              Socket client = server.accept();
              daemon(() -> client.getInputStream().transferTo(client.getOutputStream()));
            }
          });
    }
    System.out.println("ready");
    System.in.readAllBytes();
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException over) {
                // A client that is gone is no concern of ours.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Lines are: new PORT BYTES MILLIS, or kept MILLIS for a byte on a connection that was before.
   */
  private static void ask(InetSocketAddress peer) throws IOException {
    try (Socket kept = new Socket()) {
      kept.connect(peer);
      System.out.println("ready");
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", -1);
        System.out.println(
            words[0].equals("kept")
                ? exchange(kept, 1, Integer.parseInt(words[1]))
                : fresh(
                    new InetSocketAddress(peer.getAddress(), Integer.parseInt(words[1])),
                    Integer.parseInt(words[2]),
                    Integer.parseInt(words[3])));
      }
    }
  }

  private static String fresh(InetSocketAddress peer, int bytes, int millis) {
    try (Socket socket = new Socket()) {
      socket.connect(peer, millis);
      return exchange(socket, bytes, millis);
    } catch (SocketTimeoutException silence) {
      return "silent";
    } catch (IOException refused) {
      return "refused";
    }
  }

  private static String exchange(Socket socket, int bytes, int millis) throws IOException {
    long begin = System.nanoTime();
    socket.getOutputStream().write(new byte[bytes]);
    InputStream answer = socket.getInputStream();
    byte[] buffer = new byte[bytes];
    int there = 0;
    try {
      while (there < bytes) {
        long left = millis - (System.nanoTime() - begin) / 1_000_000;
        if (left <= 0) {
          return "silent";
        }
        socket.setSoTimeout((int) left);
        int read = answer.read(buffer, there, bytes - there);
        if (read < 0) {
          return "refused";
        }
        there += read;
      }
      return "ok";
    } catch (SocketTimeoutException silence) {
      return "silent";
    }
  }

  /** With a connection to a peer, as an agent has one to Temporal: journal, targets, spec, peer. */
  private static void prepare(String[] arguments) throws Exception {
    HostJournal journal = new HostJournal(Path.of(arguments[1]));
    Targets targets = new Targets(Path.of(arguments[2]), TargetKinds.ALL);
    InjectionSpec spec = Wire.json().readValue(arguments[3], InjectionSpec.class);
    HostInjections injections =
        new HostInjections(
            new Host(
                journal,
                targets,
                Injectors.all(),
                new WatchdogExpiry(journal, targets),
                Policy.EVERYTHING,
                List.of()));
    try (Socket own = new Socket()) {
      own.connect(address(arguments[4], arguments[5]));
      System.out.println("prepared: " + injections.prepare(spec).priorState());
    } catch (RefusedException refused) {
      System.out.println("refused: " + refused.getMessage());
    }
  }
}
