package dev.drillmaster.injector;

import dev.drillmaster.postgres.Passwords;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.target.PostgresTarget;
import dev.drillmaster.target.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a PostgreSQL server of this host is, for who heals after its definition was taken away.
 *
 * @param bin the directory with its programs
 * @param home its home
 * @param passwords the directory with the passwords of its roles
 */
record ServerPlace(Path bin, Path home, Path passwords) {

  /** How long a question to a server on this host may take. */
  static final Duration LOOK = Duration.ofSeconds(1);

  static ServerPlace of(Target target) {
    PostgresServer server = require(target);
    return new ServerPlace(server.bin(), server.home(), server.passwords().directory());
  }

  /**
   * The target as a server.
   *
   * @throws RefusedException if it is none, saying what it is
   */
  static PostgresServer require(Target target) {
    if (target instanceof PostgresTarget postgres) {
      return postgres.server();
    }
    throw new RefusedException(
        "target " + target.name() + " is no PostgreSQL server but " + target.description());
  }

  PostgresServer server() throws IOException {
    return PostgresServer.of(bin, home, new Passwords(passwords));
  }
}
