package dev.drillmaster.cli;

import dev.drillmaster.home.Home;
import dev.drillmaster.program.DrillProgram;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Keeps everything running, so that runs are started, watched and stopped from anywhere. */
@Command(
    name = "up",
    description = {
      "Keeps Temporal, its UI, the lab and what works for runs going until Ctrl-C.",
      "Runs are started from a second terminal with \"drillmaster run PLAN\".",
      "Campaigns that were left behind go on, after their run that was in the middle is ended.",
      "Ctrl-C stops the runs that go on first: every fault is healed and everything rolled back."
    },
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

  /** Longer than any rollback that works; what is left after that is for the heal command. */
  private static final Duration UNTIL_STOPPED = Duration.ofMinutes(4);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private TemporalOption temporal = new TemporalOption();

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    String choice = temporal.require(spec);
    Home home = Main.madeHome(spec);
    DrillProgram program = DrillProgram.open(home, choice, left -> true, this::say);
    program.takeRuns();
    introduce(home, program);
    UntilEnded.keep(program, () -> stopRuns(program));
    return ExitCode.PASSED;
  }

  private void introduce(Home home, DrillProgram program) {
    String without =
        program.isEmbedded()
            ? "none: the in-process server has none"
            : "where whoever runs that server has it";
    say("");
    say("Temporal  " + program.address());
    say("UI        " + program.ui().orElse(without));
    say("home      " + PlainText.oneLine(home.root().toString()));
    say("");
    say("In a second terminal: ./drillmaster run postgres-failover");
    say("Ctrl-C ends it; the lab and the ledger stay until \"drillmaster down\".");
  }

  private void stopRuns(DrillProgram program) throws IOException {
    say("ending ...");
    if (!program.stopRuns(UNTIL_STOPPED, this::say)) {
      say("not all could be put right: run \"drillmaster heal\"");
    }
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
