package dev.drillmaster.cli;

import com.zaxxer.hikari.HikariDataSource;
import dev.drillmaster.database.LedgerDatabase;
import dev.drillmaster.home.Home;
import dev.drillmaster.ledger.ClosedRuns;
import java.io.IOException;
import java.nio.file.Files;

/**
 * The runs of a home's ledger, for commands that read them; closed by whoever opened it.
 *
 * @param connections to the ledger
 */
record KeptRuns(HikariDataSource connections) implements AutoCloseable {

  /** Whether there is a ledger: reading makes none. */
  static boolean exist(Home home) {
    return Files.isDirectory(home.ledger());
  }

  /** What to say if there is no ledger. */
  static String none(Home home) {
    return "drillmaster: no run was ever made in "
        + home.root()
        + "; make one with \"drillmaster run PLAN\", or name another place with --home";
  }

  /** Starts the database of the ledger if it does not run. */
  static KeptRuns open(Home home) throws IOException, InterruptedException {
    LedgerDatabase database = LedgerDatabase.of(home);
    database.start();
    return new KeptRuns(database.writer());
  }

  ClosedRuns closed() {
    return new ClosedRuns(connections);
  }

  @Override
  public void close() {
    connections.close();
  }
}
