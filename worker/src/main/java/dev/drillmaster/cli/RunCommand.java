package dev.drillmaster.cli;

import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.Roles;
import dev.drillmaster.home.Home;
import dev.drillmaster.injector.RefusedException;
import dev.drillmaster.plan.PlanFiles;
import dev.drillmaster.program.HomeInUse;
import dev.drillmaster.program.LabHost;
import dev.drillmaster.program.PuttingRight;
import dev.drillmaster.program.RunHandle;
import dev.drillmaster.program.RunStarter;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a plan and waits for its end. */
@Command(
    name = "run",
    description = {
      "Runs a plan and waits for its end.",
      "Starts what it needs, and puts right first whatever an earlier program left behind.",
      "Ctrl-C stops the run: every fault is healed and everything rolled back."
    },
    footer = {
      "",
      "Exit codes: 0 passed or as expected, 1 failed, 2 inconclusive, 3 stopped, 4 refused, 64 wrong usage, 70"
          + " trouble of our own."
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "PLAN|FILE",
      description = {
        "the plan's name, see \"drillmaster plans\", or its file: with a / or the end .yaml"
      })
  private @Nullable String plan;

  @Mixin private CampaignOptions campaign = new CampaignOptions();

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Gives a variable of the plan this value; as often as needed.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(
      names = "--dry-run",
      description = {
        "Prints what the run would do to which target, asks whether it could now, and does nothing.",
        "Exit code 4 if it could not."
      })
  private boolean dryRun;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description = {
        "Waits so long to be admitted while other runs go on, first come first served; otherwise",
        "it is refused at once. Such as 5m; at most 24h."
      })
  private @Nullable String wait;

  @Option(names = "--json", description = "Prints the result as one JSON object.")
  private boolean json;

  @Option(
      names = "--verbose",
      description = "Prints the whole result: every fault, step and compensation.")
  private boolean verbose;

  @Mixin private TemporalOption temporal = new TemporalOption();

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    List<DrillPlan> wanted = wanted();
    campaign.require(spec, wanted.size());
    String choice = temporal.require(spec);
    Duration maxWait = Options.maxWait(spec, wait);
    Home home = dryRun ? Main.home(spec) : Main.madeHome(spec);
    // With --json, standard output is for the one object.
    PrintWriter words = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
    if (dryRun) {
      int refused = ExitCode.PASSED;
      for (DrillPlan each : wanted) {
        refused = Math.max(refused, new DryRun(home, each, words).print());
      }
      return refused;
    }
    InterruptHook hook = new InterruptHook();
    int code = ExitCode.TROUBLE;
    try {
      code =
          campaign.isCampaign()
              ? CampaignCommand.of(spec, campaign, wanted, maxWait, choice, words)
                  .run(home, hook, json)
              : run(home, wanted.get(0), maxWait, choice, words, hook);
    } catch (HomeInUse busy) {
      spec.commandLine().getErr().println("drillmaster: refused: " + busy.getMessage());
      code = ExitCode.REFUSED;
    } finally {
      hook.over(code);
    }
    return code;
  }

  private List<DrillPlan> wanted() {
    if (campaign.all() != (plan == null)) {
      throw new ParameterException(
          spec.commandLine(), "name a plan, or ask for --all: one of the two");
    }
    return plan == null
        ? PlanFiles.SHIPPED.stream().map(PlanFiles::shipped).toList()
        : List.of(PlanFiles.find(plan, set));
  }

  private int run(
      Home home,
      DrillPlan wanted,
      Duration maxWait,
      String choice,
      PrintWriter words,
      InterruptHook hook)
      throws IOException, SQLException, InterruptedException {
    try (RunStarter program =
        RunStarter.open(home, choice, PuttingRight.NONE, line -> say(words, line))) {
      if (hook.requested()) {
        say(words, "stopped before the run began");
        return ExitCode.STOPPED;
      }
      Roles roles = rolesNow(home, wanted);
      say(words, PlanText.of(wanted, roles));
      say(words, "");
      RunHandle run = program.start(wanted, System.getProperty("user.name", "unknown"), maxWait);
      Watching watching =
          Watching.of(
              home,
              program,
              run,
              wanted,
              roles,
              words,
              json ? Optional.empty() : Main.terminal(spec));
      hook.stopBy(watching::stop);
      say(words, "run " + run.name() + " (to stop it: Ctrl-C, or drillmaster stop)");
      say(words, "");
      DrillReport report = watching.untilEnd();
      PrintWriter out = spec.commandLine().getOut();
      out.println(json ? RunJson.of(report) : text(report));
      out.flush();
      return ExitCode.of(report);
    }
  }

  private String text(DrillReport report) {
    ZoneId zone = ZoneId.systemDefault();
    return "\n" + (verbose ? ResultText.of(report, zone) : ResultBlock.of(report, zone));
  }

  /** The nodes' names, if the system is there to be asked. */
  private static Roles rolesNow(Home home, DrillPlan wanted) throws InterruptedException {
    try {
      return LabHost.of(home).steps().look(wanted.system()).orElse(PlanText.ROLES);
    } catch (IOException | RefusedException notThere) {
      return PlanText.ROLES;
    }
  }

  private static void say(PrintWriter words, String line) {
    words.println(line);
    words.flush();
  }
}
