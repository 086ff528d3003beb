package dev.drillmaster.cli;

import com.zaxxer.hikari.HikariDataSource;
import dev.drillmaster.campaign.CampaignStatus;
import dev.drillmaster.database.LedgerDatabase;
import dev.drillmaster.drill.DrillStatus;
import dev.drillmaster.home.Home;
import dev.drillmaster.journal.OpenInjection;
import dev.drillmaster.lab.Lab;
import dev.drillmaster.ledger.OpenRuns;
import dev.drillmaster.ledger.RunLine;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.program.CampaignHandle;
import dev.drillmaster.program.GlobalStop;
import dev.drillmaster.program.GoingOn;
import dev.drillmaster.program.LabHost;
import dev.drillmaster.program.RunHandle;
import dev.drillmaster.program.RunningProgram;
import dev.drillmaster.program.WorkHandle;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What goes on in this home. */
@Command(
    name = "status",
    description =
        "Shows the run that is going on, what is held, and how the lab is. Changes nothing.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  private static final int RECENT = 10;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Home home = Main.home(spec);
    PrintWriter out = spec.commandLine().getOut();
    Optional<RunningProgram> program = RunningProgram.find(home);
    boolean drilled = program.isPresent() && run(home, program.get(), out);
    if (program.isEmpty()) {
      out.println("no run is going on");
    }
    List<OpenInjection> open = LabHost.of(home).journal().open();
    for (OpenInjection injection : open) {
      out.println("open injection " + injection.id() + ": " + described(injection));
    }
    if (program.isEmpty() && !open.isEmpty()) {
      out.println("nobody looks after them: run \"drillmaster heal\"");
    }
    out.println();
    out.print(new Lab(home).status().text(drilled));
    LedgerDatabase database = LedgerDatabase.of(home);
    if (database.isRunning()) {
      out.println();
      recent(database, out);
    }
    out.flush();
    return ExitCode.PASSED;
  }

  private static void recent(LedgerDatabase database, PrintWriter out) throws IOException {
    try (HikariDataSource ledger = database.writer()) {
      new GlobalStop(ledger)
          .inForce()
          .ifPresent(
              stop -> {
                out.println("STOPPED: " + PlainText.oneLine(stop.sentence()));
                out.println("no run begins until \"drillmaster resume --reason TEXT\"");
                out.println();
              });
      out.printf("%-48s %-20s %s%n", "RECENT RUN", "STARTED (UTC)", "RESULT");
      for (RunLine run : new OpenRuns(ledger).recent(RECENT)) {
        String started = run.startedAt().truncatedTo(ChronoUnit.SECONDS).toString();
        String result =
            run.outcome() == null ? "open" : run.verdict() + ", " + run.outcome().text();
        out.printf("%-48s %-20s %s%n", run.run(), started, result);
      }
    } catch (RuntimeException silent) {
      out.println("the ledger does not answer: " + silent.getMessage());
    }
  }

  private static String described(OpenInjection injection) {
    return injection.spec() == null
        ? String.valueOf(injection.problem())
        : injection.spec().fault().effect() + " of " + injection.spec().target();
  }

  /** Whether a run goes on, as far as its program answers. */
  private static boolean run(Home home, RunningProgram program, PrintWriter out)
      throws IOException {
    String process = "process " + program.process().pid();
    if (program.takesRuns()) {
      out.println(process + " works for Temporal at " + program.address() + ui(program));
    }
    try (Orchestrator orchestrator = program.connect()) {
      List<String> open =
          program.takesRuns() ? new GoingOn(home, orchestrator).names() : List.of(program.run());
      if (open.isEmpty()) {
        out.println("no run is going on");
      }
      open.forEach(name -> work(name, ", looked after by " + process, orchestrator, out));
      return !open.isEmpty();
    } catch (RuntimeException silent) {
      out.println(program.run() + " of " + process + " does not answer: " + silent.getMessage());
      return true;
    }
  }

  private static String ui(RunningProgram program) {
    return program.ui().isEmpty() ? "" : ", its UI is " + program.ui();
  }

  private static void work(String name, String by, Orchestrator orchestrator, PrintWriter out) {
    try {
      WorkHandle<?, ?> work = WorkHandle.find(orchestrator.client(), name);
      out.println(work.kind() + " " + name + by);
      if (work instanceof CampaignHandle campaign) {
        campaign(campaign.status(), orchestrator, out);
      } else if (work instanceof RunHandle run) {
        run(run.status(), out);
      }
    } catch (RuntimeException silent) {
      out.println(name + by + ", does not answer: " + silent.getMessage());
    }
  }

  private static void campaign(
      CampaignStatus campaign, Orchestrator orchestrator, PrintWriter out) {
    out.println("  " + campaign.over().size() + " of " + campaign.runs() + " runs are over");
    if (campaign.waiting() != null) {
      out.println("  waiting: " + campaign.waiting());
    }
    if (campaign.current() != null) {
      out.println("  run " + campaign.current());
      run(RunHandle.of(orchestrator.client(), campaign.current()).status(), out);
    }
  }

  private static void run(DrillStatus status, PrintWriter out) {
    out.println("  " + status.phase() + " " + status.path() + ": " + status.doing());
    for (DrillStatus.HeldFault fault : status.held()) {
      out.println(
          "  held: " + fault.effect() + " of " + fault.target() + ", over by " + fault.latestEnd());
    }
    if (status.waiting() != null) {
      out.println("  waiting: " + status.waiting());
    }
  }
}
