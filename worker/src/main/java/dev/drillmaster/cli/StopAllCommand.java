package dev.drillmaster.cli;

import dev.drillmaster.home.Home;
import dev.drillmaster.program.RunningProgram;
import dev.drillmaster.program.StopByProgram;
import dev.drillmaster.program.StoppingAll;
import dev.drillmaster.stop.HostStopped;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code stop --all} does and shows.
 *
 * @param out for people
 */
record StopAllCommand(PrintWriter out) implements StoppingAll.Told {

  /**
   * Stops everything.
   *
   * @param program of this home that runs now; empty if there is none
   * @param temporal {@code HOST:PORT} of Temporal, if it was given
   * @return the exit code
   */
  int run(Home home, Optional<RunningProgram> program, @Nullable String temporal, String reason)
      throws IOException, InterruptedException {
    String who = System.getProperty("user.name", "unknown");
    Optional<Boolean> byProgram = Optional.empty();
    if (program.isPresent() && program.get().stops(temporal)) {
      byProgram = new StopByProgram(home, program.get(), this).stopAll(who, reason);
    }
    if (byProgram.isPresent()) {
      return code(byProgram.get());
    }
    String known = program.map(RunningProgram::address).orElse("");
    String run = program.map(RunningProgram::run).orElse("");
    String address = temporal == null ? known : temporal;
    return code(new StoppingAll(home, address, run, who, reason, this).stopAll());
  }

  private static int code(boolean done) {
    return done ? ExitCode.PASSED : ExitCode.TROUBLE;
  }

  @Override
  public void healed(List<HostStopped> hosts, long millis) {
    out.printf("%-32s %8s %9s %8s%n", "HOST", "HEALED", "VERIFIED", "MS");
    for (HostStopped host : hosts) {
      out.println(row(host));
    }
    line("all of that after " + millis + " ms");
  }

  private static String row(HostStopped host) {
    String name = PlainText.oneLine(host.host());
    if (host.report() == null) {
      return name + ": NOT HEALED as far as anybody knows: " + PlainText.oneLine(host.problem());
    }
    StringBuilder row =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%-32s %8d %9d %8d",
                name,
                host.report().healed().size(),
                host.report().verified(),
                host.report().millis()));
    host.report()
        .failed()
        .forEach((id, why) -> row.append("\n  NOT HEALED: " + id + ": " + PlainText.oneLine(why)));
    return row.toString();
  }

  @Override
  public void line(String text) {
    out.println(PlainText.oneLine(text));
    out.flush();
  }
}
