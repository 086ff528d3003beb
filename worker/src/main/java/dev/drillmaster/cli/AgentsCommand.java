package dev.drillmaster.cli;

import dev.drillmaster.agent.AgentLook;
import dev.drillmaster.agent.RegisteredAgents;
import dev.drillmaster.drill.DrillWorkflow;
import dev.drillmaster.home.Home;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.program.DrillProgram;
import dev.drillmaster.program.RunningProgram;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks all agents how they are. */
@Command(
    name = "agents",
    description = "Lists the agents that were ever registered, and asks each whether it answers.",
    mixinStandardHelpOptions = true)
final class AgentsCommand implements Callable<Integer> {

  private static final long PATIENCE_SECONDS = 30;
  private static final int DIGEST = 12;
  private static final String LINE = "%-20s %-8s %-20s %8s %5s  %-12s  %s%n";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--temporal",
      paramLabel = "HOST:PORT",
      description = "The Temporal server, if no program of this home works for it.")
  private @Nullable String temporal;

  @Override
  public Integer call() throws IOException {
    Home home = Main.home(spec);
    String address =
        temporal != null
            ? temporal
            : RunningProgram.find(home).map(RunningProgram::address).orElse("");
    if (address.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println(
              "drillmaster: no program works in "
                  + home.root()
                  + ": name the Temporal server with --temporal HOST:PORT");
      return ExitCode.USAGE;
    }
    Options.requireAddress(spec, address);
    try (Orchestrator orchestrator = Orchestrator.at(address)) {
      print(look(orchestrator));
      return ExitCode.PASSED;
    } catch (TimeoutException nobody) {
      spec.commandLine()
          .getErr()
          .println(
              "drillmaster: no worker answers at "
                  + address
                  + ": start one with drillmaster worker --temporal "
                  + address);
      return ExitCode.TROUBLE;
    }
  }

  private static RegisteredAgents look(Orchestrator orchestrator) throws TimeoutException {
    WorkflowStub workflow =
        orchestrator
            .client()
            .newUntypedWorkflowStub(
                "lookAtAgents",
                WorkflowOptions.newBuilder()
                    .setTaskQueue(DrillWorkflow.QUEUE)
                    .setWorkflowId(DrillProgram.newName("agents"))
                    .setStaticSummary("Which agents answer")
                    .build());
    workflow.start();
    return workflow.getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, RegisteredAgents.class);
  }

  private void print(RegisteredAgents agents) {
    PrintWriter out = spec.commandLine().getOut();
    if (agents.agents().isEmpty()) {
      out.println("no agent was ever registered; the lab needs none, its worker acts for it");
    } else {
      out.printf(LINE, "HOST", "", "LAST SEEN (UTC)", "PID", "OPEN", "POLICY", "");
    }
    Instant now = Instant.now();
    for (RegisteredAgents.Line agent : agents.agents()) {
      AgentLook look = agent.now() == null ? agent.last() : agent.now();
      Instant seen = agent.now() == null ? agent.lastSeen() : now;
      String digest = look.identity().policyDigest();
      out.printf(
          LINE,
          PlainText.oneLine(look.identity().host()),
          agent.now() == null ? "silent" : "answers",
          seen.truncatedTo(ChronoUnit.SECONDS),
          PlainText.oneLine(look.identity().pid()),
          look.openInjections(),
          PlainText.oneLine(digest.substring(0, Math.min(DIGEST, digest.length()))),
          look.refusal() == null ? "" : "injects nothing: " + PlainText.oneLine(look.refusal()));
    }
    out.flush();
  }
}
