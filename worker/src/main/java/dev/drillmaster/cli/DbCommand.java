package dev.drillmaster.cli;

import dev.drillmaster.database.LedgerDatabase;
import dev.drillmaster.schema.migration.LedgerRole;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The ledger database, for people with psql. */
@Command(name = "db", description = "Reaches the ledger database.", mixinStandardHelpOptions = true)
final class DbCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "url",
      description = {
        "Prints where the ledger database is, and starts it if it does not run.",
        "To look into it: psql \"$(drillmaster db url)\""
      },
      mixinStandardHelpOptions = true)
  int url(
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              defaultValue = "reader",
              description = "reader (reads the views of schema compliance; the default) or writer")
          LedgerRole role)
      throws IOException, InterruptedException {
    LedgerDatabase database = LedgerDatabase.of(Main.madeHome(spec));
    database.start();
    spec.commandLine().getOut().println(database.url(role));
    spec.commandLine().getOut().flush();
    return ExitCode.PASSED;
  }
}
