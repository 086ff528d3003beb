package dev.drillmaster.cli;

import com.zaxxer.hikari.HikariDataSource;
import dev.drillmaster.home.Home;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.program.HomeLock;
import dev.drillmaster.program.LabHost;
import dev.drillmaster.program.PuttingRight;
import dev.drillmaster.program.PuttingRight.LabWanted;
import dev.drillmaster.program.RunHandle;
import dev.drillmaster.program.RunningProgram;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Puts right whatever was left behind. */
@Command(
    name = "heal",
    description = {
      "Heals every fault, runs open compensations, verifies, and closes the books.",
      "Works from the host's journal and the ledger alone; a run that is going on is stopped first."
    },
    mixinStandardHelpOptions = true)
final class HealCommand implements Callable<Integer> {

  private static final Duration UNTIL_STOPPED = Duration.ofMinutes(2);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    Home home = Main.madeHome(spec);
    Optional<RunningProgram> running = RunningProgram.find(home);
    if (running.isPresent()) {
      stop(running.get());
    }
    LabHost host = LabHost.of(home);
    @Nullable HomeLock lock = HomeLock.await(home, Duration.ofSeconds(30)).orElse(null);
    if (lock == null) {
      // Whoever has the home does not let go of it: the faults at least must not wait for that.
      say("another program does not let go of " + home.root() + ": healing its faults only");
      host.injections().healAll("heal-command").healed().forEach((id, heal) -> say("healed " + id));
      return ExitCode.TROUBLE;
    }
    try (lock;
        HikariDataSource ledger =
            new PuttingRight(home, host, this::say).run(LabWanted.IF_NEEDED)) {
      say("nothing is open: every fault is healed, every run is over, its books are closed");
      return ledger.isRunning() ? ExitCode.PASSED : ExitCode.TROUBLE;
    }
  }

  private void stop(RunningProgram program) {
    say("stopping run " + program.run() + " of process " + program.process().pid());
    try (Orchestrator orchestrator = Orchestrator.at(program.address())) {
      RunHandle handle = RunHandle.of(orchestrator.client(), program.run());
      handle.emergencyStop();
      handle.await(UNTIL_STOPPED);
    } catch (RuntimeException silent) {
      say("it does not answer: " + silent.getMessage());
    }
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
