package dev.drillmaster.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The two files of a data directory that decide as what it starts: {@code standby.signal} (there:
 * read-only, for ever) and {@code primary_conninfo} in {@code postgresql.auto.conf} (from whom it
 * receives the log). Nothing here needs a running server, and a running one notices at its next
 * start, also at the one that it does by itself after a crash of a backend.
 *
 * <p>A seal is both: the signal, and no primary to follow. PostgreSQL reads no content of the
 * signal file, so its content says what the directory was when it was sealed, in the same durable
 * write.
 *
 * @param data the data directory
 */
record RecoveryFiles(Path data) {

  static final String PRIMARY_CONNINFO = "primary_conninfo";
  static final String STANDBY_SIGNAL = "standby.signal";
  static final String AUTO_CONF = "postgresql.auto.conf";

  private static final String SEALED_PRIMARY = "sealed while a primary\n";
  private static final String SEALED_STANDBY = "sealed while a standby\n";
  private static final String STANDBY = "standby\n";

  /** Whoever starts this directory from now on gets a read-only server that follows nobody. */
  void seal() throws IOException {
    Optional<String> signal = signal();
    if (signal.isEmpty()) {
      DurableFiles.write(signalFile(), SEALED_PRIMARY);
    } else if (!signal.get().equals(SEALED_PRIMARY)) {
      DurableFiles.write(signalFile(), SEALED_STANDBY);
    }
    // Empty, not removed: this file is read last, so it also overrules what other files say.
    set(PRIMARY_CONNINFO, "");
  }

  /** As what the directory starts, and what it was when it was sealed. */
  DiskRole role() throws IOException {
    Optional<String> signal = signal();
    if (signal.isEmpty()) {
      return DiskRole.PRIMARY;
    }
    if (!isSealed()) {
      return DiskRole.STANDBY;
    }
    return signal.get().equals(SEALED_PRIMARY) ? DiskRole.SEALED_PRIMARY : DiskRole.SEALED_STANDBY;
  }

  boolean isSealed() throws IOException {
    return signal().isPresent() && conninfo().filter(String::isEmpty).isPresent();
  }

  /**
   * Takes the seal off a directory that was a primary's.
   *
   * @throws PostgresFailure if it is not sealed, or was a standby: that would make a second primary
   *     on the same timeline
   */
  void unseal() throws IOException {
    if (!isSealed()) {
      throw new PostgresFailure(
          PostgresFailure.Kind.WRONG_STATE, data + " is not sealed, so it cannot be unsealed");
    }
    if (!signal().equals(Optional.of(SEALED_PRIMARY))) {
      throw new PostgresFailure(
          PostgresFailure.Kind.WRONG_STATE,
          data + " was a standby when it was sealed: let it follow the primary, do not unseal it");
    }
    DurableFiles.delete(signalFile());
  }

  /** Makes this directory start as a standby that receives the log over that connection. */
  void follow(String conninfo) throws IOException {
    DurableFiles.write(signalFile(), STANDBY);
    set(PRIMARY_CONNINFO, conninfo);
  }

  private Path signalFile() {
    return data.resolve(STANDBY_SIGNAL);
  }

  private Optional<String> signal() throws IOException {
    try {
      return Optional.of(Files.readString(signalFile()));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  private Optional<String> conninfo() throws IOException {
    // PostgreSQL takes the last of several.
    return autoConf().stream()
        .flatMap(line -> ConfigLine.parse(line).stream())
        .filter(setting -> setting.name().equals(PRIMARY_CONNINFO))
        .reduce((earlier, later) -> later)
        .map(ConfigLine::value);
  }

  private void set(String name, String value) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : autoConf()) {
      if (ConfigLine.parse(line).filter(setting -> setting.name().equals(name)).isEmpty()) {
        lines.add(line);
      }
    }
    lines.add(new ConfigLine(name, value).text());
    DurableFiles.write(data.resolve(AUTO_CONF), String.join("\n", lines) + "\n");
  }

  private List<String> autoConf() throws IOException {
    try {
      return Files.readAllLines(data.resolve(AUTO_CONF));
    } catch (NoSuchFileException absent) {
      return List.of();
    }
  }
}
