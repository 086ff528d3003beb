package dev.drillmaster.cli;

import dev.drillmaster.plan.PlanException;
import dev.drillmaster.plan.PolicyFiles;
import dev.drillmaster.policy.HostPolicy;
import dev.drillmaster.program.AgentProgram;
import dev.drillmaster.program.NotAlone;
import dev.drillmaster.wire.DurationText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Works on a host of targets until it is stopped. */
@Command(
    name = "agent",
    description = {
      "Injects and heals on this host what runs ask for and the policy allows, until Ctrl-C.",
      "Heals first what its journal holds open. Needs a Temporal server, and no database."
    },
    footer = {
      "",
      "Exit codes: 0 ended or fine, 4 refused, 64 wrong usage or policy, 70 trouble of our own."
    },
    mixinStandardHelpOptions = true)
final class AgentCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--host",
      required = true,
      paramLabel = "NAME",
      description = "The name of this host, as plans and its policy call it.")
  private String host = "";

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      description = "What may be done here; what it does not name is refused.")
  private Path file = Path.of("");

  @Option(
      names = "--temporal",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:TEMPORAL_ADDRESS}",
      description = "The Temporal server; else TEMPORAL_ADDRESS names it.")
  private @Nullable String temporal;

  @Option(names = "--check", description = "Only checks the policy, and says what it allows.")
  private boolean check;

  @Override
  public Integer call() throws IOException, InterruptedException {
    HostPolicy policy = PolicyFiles.read(file);
    if (!policy.host().equals(host)) {
      throw new PlanException(
          file + " is the policy of host " + policy.host() + ", not of " + host);
    }
    if (check) {
      say(allows(policy));
      return ExitCode.PASSED;
    }
    try (AgentProgram program =
        AgentProgram.open(Main.madeDirectory(spec), policy, address(), this::say)) {
      Thread closing = new Thread(() -> close(program), "agent-end");
      Runtime.getRuntime().addShutdownHook(closing);
      say("agent of host " + host + " works for " + address() + "; Ctrl-C ends it");
      say(allows(policy));
      program.awaitEnd();
      return ExitCode.PASSED;
    } catch (NotAlone other) {
      spec.commandLine().getErr().println("drillmaster: refused: " + other.getMessage());
      return ExitCode.REFUSED;
    }
  }

  private String address() {
    if (temporal == null || temporal.isBlank()) {
      throw new ParameterException(
          spec.commandLine(),
          "name the Temporal server: --temporal HOST:PORT, or TEMPORAL_ADDRESS");
    }
    Options.requireAddress(spec, temporal);
    return temporal;
  }

  private static String allows(HostPolicy policy) {
    return "allowed are "
        + named("faults", policy.faults())
        + " on "
        + named("targets", new TreeSet<>(policy.targets().keySet()))
        + ", with a lease of at most "
        + DurationText.format(policy.longestLease())
        + ", held for at most "
        + DurationText.format(policy.longestHold())
        + (policy.steps() ? ", and recovery steps" : ", and no recovery steps")
        + "; digest "
        + policy.digest().substring(0, 12);
  }

  private static String named(String what, Iterable<String> names) {
    String all = String.join(", ", names);
    return all.isEmpty() ? "no " + what : "the " + what + " " + all;
  }

  private static void close(AgentProgram program) {
    try {
      program.close();
    } catch (IOException failed) {
      System.err.println("drillmaster: " + failed.getMessage());
    }
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(PlainText.oneLine(line));
    out.flush();
  }
}
