package dev.drillmaster.cli;

import com.zaxxer.hikari.HikariDataSource;
import dev.drillmaster.database.LedgerDatabase;
import dev.drillmaster.home.Home;
import dev.drillmaster.ledger.OpenStop;
import dev.drillmaster.program.GlobalStop;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes back a global stop. */
@Command(
    name = "resume",
    description = {
      "Lets runs begin again after \"stop --all\". Begins none by itself.",
      "Works on the ledger alone; who did it and why is recorded."
    },
    mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why runs may begin again.")
  private @Nullable String reason;

  @Override
  public Integer call() throws IOException, InterruptedException {
    String why = Options.reason(spec, reason);
    Home home = Main.home(spec);
    PrintWriter out = spec.commandLine().getOut();
    Optional<OpenStop> was = Optional.empty();
    if (Files.isDirectory(home.ledger())) {
      LedgerDatabase database = LedgerDatabase.of(home);
      database.start();
      try (HikariDataSource writer = database.writer()) {
        was = new GlobalStop(writer).resume(System.getProperty("user.name", "unknown"), why);
      }
    }
    out.println(
        was.map(stop -> "runs may begin again; " + PlainText.oneLine(stop.sentence()))
            .orElse("nothing is stopped in " + home.root()));
    out.flush();
    return ExitCode.PASSED;
  }
}
