package dev.drillmaster.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The TCP connections of this process to other hosts: by them an agent hears of Temporal, and a
 * fault that cuts them cuts off whoever would stop it. Read from the kernel, because no setting
 * tells where a name or a load balancer leads.
 */
public final class OwnConnections {

  /**
   * One of them.
   *
   * @param local our end
   * @param remote the other
   */
  public record Connection(InetSocketAddress local, InetSocketAddress remote) {

    /** For people. */
    @Override
    public String toString() {
      return remote.getAddress().getHostAddress() + ":" + remote.getPort();
    }
  }

  private static final String ESTABLISHED = "01";
  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private OwnConnections() {}

  /** Those that are established now, but for those within this host by a loopback address. */
  public static List<Connection> now() throws IOException {
    Set<String> ours = socketInodes();
    List<Connection> connections = new ArrayList<>();
    for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
      Path file = Path.of(table);
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      for (String line : lines) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields.length > INODE
            && fields[STATE].equals(ESTABLISHED)
            && ours.contains(fields[INODE])) {
          connections.add(new Connection(address(fields[LOCAL]), address(fields[REMOTE])));
        }
      }
    }
    connections.removeIf(each -> each.remote().getAddress().isLoopbackAddress());
    return connections;
  }

  private static Set<String> socketInodes() throws IOException {
    Set<String> inodes = new HashSet<>();
    try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path each : open) {
        String what = target(each);
        if (what.startsWith("socket:[")) {
          inodes.add(what.substring("socket:[".length(), what.length() - 1));
        }
      }
    } catch (DirectoryIteratorException unreadable) {
      throw unreadable.getCause();
    }
    return inodes;
  }

  private static String target(Path descriptor) throws IOException {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (NoSuchFileException closedMeanwhile) {
      return "";
    }
  }

  /** Words of four bytes, each with its last byte first, then the port: see proc(5). */
  private static InetSocketAddress address(String text) throws IOException {
    int colon = text.indexOf(':');
    byte[] swapped = HexFormat.of().parseHex(text.substring(0, colon));
    byte[] bytes = new byte[swapped.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = swapped[i - i % Integer.BYTES + Integer.BYTES - 1 - i % Integer.BYTES];
    }
    return new InetSocketAddress(
        InetAddress.getByAddress(bytes), Integer.parseInt(text.substring(colon + 1), 16));
  }
}
