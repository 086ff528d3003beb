package dev.drillmaster.program;

import dev.drillmaster.home.Home;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.orchestrator.ServerUnreachable;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Ends what is still open on a Temporal server of its own and only lacks a worker: all of it is
 * stopped, and then worked on here until it is over. What was on an in-process server ended with
 * its program.
 *
 * @param home whose dev server may be one of them
 * @param host the host that was acted on
 * @param writer connects to the ledger as the writer
 * @param campaigns whether to work for campaigns, too: not if one of them is to go on, since it
 *     would begin its next run
 * @param progress is told what is done
 */
record OnTheirServers(
    Home home, LocalHost host, DataSource writer, boolean campaigns, Consumer<String> progress) {

  private static final Duration UNTIL_CLOSED = Duration.ofMinutes(3);

  /**
   * A run or a campaign that nobody looks after.
   *
   * @param name its workflow id
   * @param orchestrator see {@link dev.drillmaster.drill.DrillRequest#orchestrator}
   * @param campaign whether it is a campaign
   */
  record Left(String name, String orchestrator, boolean campaign) {

    WorkHandle<?, ?> at(Orchestrator server) {
      return campaign
          ? CampaignHandle.of(server.client(), name)
          : RunHandle.of(server.client(), name);
    }

    private boolean hasServer() {
      return !orchestrator.isEmpty() && !orchestrator.startsWith(Orchestrator.EMBEDDED);
    }
  }

  /**
   * Ends them, campaigns before their runs, so that no run follows on one that is stopped.
   *
   * @return the names of those that a server knows, whose books are closed there
   */
  Set<String> end(Collection<Left> left) throws IOException, InterruptedException {
    Map<String, List<Left>> byServer =
        left.stream().filter(Left::hasServer).collect(Collectors.groupingBy(Left::orchestrator));
    Set<String> known = new HashSet<>();
    for (Map.Entry<String, List<Left>> each : byServer.entrySet()) {
      try (Orchestrator server = Orchestrator.again(each.getKey(), home)) {
        known.addAll(endThere(each.getValue(), server));
      } catch (ServerUnreachable gone) {
        progress.accept("from the ledger alone, since " + gone.getMessage());
      }
    }
    return known;
  }

  private List<String> endThere(List<Left> left, Orchestrator server) throws IOException {
    List<Left> open = left.stream().filter(one -> one.at(server).isOpen()).toList();
    // All before the worker starts: it would go on with whichever was not told.
    open.stream().filter(Left::campaign).forEach(one -> one.at(server).emergencyStop());
    open.stream().filter(one -> !one.campaign()).forEach(one -> one.at(server).emergencyStop());
    List<Left> here = open.stream().filter(one -> campaigns || !one.campaign()).toList();
    if (!here.isEmpty()) {
      workUntilOver(here, server);
    }
    return open.stream().map(Left::name).toList();
  }

  @SuppressWarnings("try") // The worker works; nobody calls it.
  private void workUntilOver(List<Left> open, Orchestrator server) throws IOException {
    try (DrillWorker worker =
        campaigns
            ? DrillWorker.ofAll(server, host, writer)
            : DrillWorker.ofRuns(server, host, writer)) {
      for (Left one : open) {
        WorkHandle<?, ?> handle = one.at(server);
        progress.accept(handle.kind() + " " + one.name() + " is open at " + one.orchestrator());
        WorkHandle.End end =
            handle
                .awaitEnd(UNTIL_CLOSED)
                .orElseThrow(() -> new IOException(one.name() + " is not over: try again"));
        progress.accept("  closed: " + end.inShort());
      }
    }
  }
}
