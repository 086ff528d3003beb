package dev.drillmaster.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The settings of one server. They are kept in a file of their own beside the data directory, which
 * postgresql.conf includes last, and are read from there again. Beside it, so that a copy of a data
 * directory takes on the settings of the home that it is copied into.
 *
 * @param values every setting that differs from PostgreSQL's own default, by its name
 */
public record PostgresSettings(Map<String, String> values) {

  /** How postgresql.conf includes the file: relative to itself. */
  static final String INCLUDE = "../settings.conf";

  private static final String FILE = "settings.conf";

  /** PostgreSQL keeps a setting with a dot in its name for whoever reads it. */
  private static final String REPLICATION_PORT = "drillmaster.replication_port";

  /** Keeps the order of the values and its own copy of them. */
  public PostgresSettings {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * A small server that does everything that a large one does: it replicates, survives a power cut,
   * notices within seconds that its partner is gone, and listens on 127.0.0.1 only.
   *
   * @param name tells servers apart that replicate from each other: {@code cluster_name}, and the
   *     {@code application_name} under which a standby is seen and made synchronous
   * @param port on 127.0.0.1
   */
  public static PostgresSettings small(String name, int port) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("cluster_name", name);
    values.put("listen_addresses", "127.0.0.1");
    values.put("port", Integer.toString(port));
    // None: the longest path of a socket is 107 bytes, which a home directory easily exceeds.
    values.put("unix_socket_directories", "");
    values.put("password_encryption", "scram-sha-256");
    values.put("max_connections", "60");
    values.put("shared_buffers", "32MB");
    values.put("min_wal_size", "64MB");
    values.put("max_wal_size", "512MB");
    values.put("huge_pages", "off");
    values.put("jit", "off");
    values.put("fsync", "on");
    values.put("wal_level", "replica");
    values.put("wal_log_hints", "on");
    values.put("wal_keep_size", "256MB");
    values.put("max_wal_senders", "10");
    values.put("max_replication_slots", "10");
    values.put("hot_standby", "on");
    // A partner that is frozen keeps its connection open; only silence gives it away.
    values.put("wal_sender_timeout", "5s");
    values.put("wal_receiver_timeout", "5s");
    values.put("wal_receiver_status_interval", "1s");
    values.put("wal_retrieve_retry_interval", "200ms");
    values.put("log_destination", "stderr");
    values.put("logging_collector", "off");
    values.put("log_line_prefix", "%m [%p] %b %a ");
    values.put("log_timezone", "UTC");
    values.put("log_checkpoints", "on");
    values.put("log_lock_waits", "on");
    // Statements may hold what must not be in a log.
    values.put("log_statement", "none");
    return new PostgresSettings(values);
  }

  /** The same settings but one. */
  public PostgresSettings with(String name, String value) {
    if (name.equals(RecoveryFiles.PRIMARY_CONNINFO)) {
      throw new IllegalArgumentException(
          "primary_conninfo is set by Replication, where a fence can take it away again");
    }
    Map<String, String> changed = new LinkedHashMap<>(values);
    changed.put(name, value);
    return new PostgresSettings(changed);
  }

  /** The server's name. */
  public String name() {
    return required("cluster_name");
  }

  /** The server's port on 127.0.0.1. */
  public int port() {
    return Integer.parseInt(required("port"));
  }

  /**
   * The same server, whose standbys reach it by another port of 127.0.0.1 that leads to its own,
   * such as a route of a proxy.
   */
  public PostgresSettings reachedByStandbysAt(int port) {
    return with(REPLICATION_PORT, Integer.toString(port));
  }

  /** The port at which standbys reach the server: its own unless told. */
  public int replicationPort() {
    return Integer.parseInt(values.getOrDefault(REPLICATION_PORT, required("port")));
  }

  /** Whether what is committed is on disk; off only where a power cut may destroy all. */
  public boolean durable() {
    return !required("fsync").equals("off");
  }

  private String required(String name) {
    return Optional.ofNullable(values.get(name))
        .orElseThrow(() -> new IllegalStateException("the settings of a server lack " + name));
  }

  /**
   * Reads the settings of a home.
   *
   * @throws PostgresFailure if it has none
   */
  static PostgresSettings read(Path home) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(home.resolve(FILE))) {
        ConfigLine.parse(line).ifPresent(setting -> values.put(setting.name(), setting.value()));
      }
    } catch (NoSuchFileException absent) {
      throw new PostgresFailure(
          PostgresFailure.Kind.WRONG_STATE,
          home + " is no home of a server of ours: initialise it, or make it a standby",
          absent);
    }
    return new PostgresSettings(values);
  }

  /** Writes the settings into a home; a running server takes them at its next start. */
  void write(Path home) throws IOException {
    DurableFiles.write(
        home.resolve(FILE),
        values.entrySet().stream()
            .map(entry -> new ConfigLine(entry.getKey(), entry.getValue()).text() + "\n")
            .collect(Collectors.joining()));
  }
}
