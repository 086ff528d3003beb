package dev.drillmaster.postgres;

import java.util.List;

/** What every server of ours has in its configuration. */
final class Settings {

  /** Small memory, loopback only, and all that a streaming pair needs. */
  static final List<String> COMMON =
      List.of(
          "listen_addresses = '127.0.0.1'",
          "shared_buffers = 32MB",
          "max_connections = 60",
          "wal_level = replica",
          "wal_log_hints = on",
          "wal_keep_size = 256MB",
          "max_wal_senders = 8",
          "max_replication_slots = 8",
          "hot_standby = on",
          "wal_receiver_timeout = 3s",
          "wal_sender_timeout = 3s",
          "wal_retrieve_retry_interval = 200ms",
          "log_line_prefix = '%m [%p] %q%a '",
          "io_method = sync",
          "max_wal_size = 256MB");

  /** Passwords from loopback, for replication too; nothing else. */
  static final List<String> ACCESS =
      List.of(
          "host all all 127.0.0.1/32 scram-sha-256",
          "host replication all 127.0.0.1/32 scram-sha-256");

  private Settings() {}
}
