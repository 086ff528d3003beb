package dev.drillmaster.target;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.postgres.NodeObservation;
import dev.drillmaster.postgres.Passwords;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A PostgreSQL server of this host. It serves when it answers a query and none of its processes is
 * frozen.
 */
public final class PostgresTarget implements ServiceTarget {

  /**
   * The JSON definition.
   *
   * @param bin the directory with the programs
   * @param home the server's home, see {@link PostgresServer}
   * @param passwords the directory with the passwords of its roles
   */
  @JsonTypeName("postgres")
  public record Definition(Path bin, Path home, Path passwords) implements TargetDefinition {

    /** Refuses a definition that lacks a part. */
    public Definition {
      if (bin == null || home == null || passwords == null) {
        throw new IllegalArgumentException("\"bin\", \"home\" and \"passwords\" must be there");
      }
    }

    /** That of a server. */
    public static Definition of(PostgresServer server) {
      return new Definition(server.bin(), server.home(), server.passwords().directory());
    }

    /** The server that it defines. */
    public PostgresServer server() throws IOException {
      return PostgresServer.of(bin, home, new Passwords(passwords));
    }
  }

  private static final Duration POLL = Duration.ofMillis(10);

  /** Longer than orphans of a killed postmaster live on; a heal tries again after that. */
  private static final Duration ORPHANS = Duration.ofSeconds(3);

  private final String name;
  private final PostgresServer server;

  PostgresTarget(String name, PostgresServer server) {
    this.name = name;
    this.server = server;
  }

  static PostgresTarget of(String name, Definition definition) throws IOException {
    return new PostgresTarget(name, definition.server());
  }

  /** The server itself, for steps that change its role. */
  public PostgresServer server() {
    return server;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return "PostgreSQL in " + server.data();
  }

  @Override
  public ProcessTree tree() {
    return new ProcessTree(server.data());
  }

  @Override
  public void start() throws IOException {
    try {
      server.start(ORPHANS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while starting " + name, interrupted);
    }
  }

  @Override
  public boolean awaitServing(Duration limit) throws IOException, InterruptedException {
    return Poll.until(limit, POLL, this::serves);
  }

  private boolean serves() throws IOException {
    NodeObservation seen = server.observe();
    return seen.acceptsConnections() && !seen.frozen();
  }

  @Override
  public Writable writable() {
    try {
      NodeObservation seen = server.observe();
      if (seen.writable()) {
        return Writable.YES;
      }
      return seen.certainlyNotWritable() ? Writable.NO : Writable.UNKNOWN;
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot look at " + name, unreadable);
    }
  }
}
