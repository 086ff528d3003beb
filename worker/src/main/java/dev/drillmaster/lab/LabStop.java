package dev.drillmaster.lab;

import dev.drillmaster.lab.load.LoadProcess;
import dev.drillmaster.measure.LoadControl;
import dev.drillmaster.postgres.DiskRole;
import dev.drillmaster.postgres.NodeObservation;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.postgres.StopMode;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.ProcessTree;
import dev.drillmaster.process.Signal;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends all processes of the lab, found by where they work, so that it matters neither who started
 * them nor what is still defined.
 */
record LabStop(LabFiles files, Map<String, PostgresServer> nodes) {

  private static final Logger log = LoggerFactory.getLogger(LabStop.class);
  private static final Duration FAST = Duration.ofSeconds(10);
  private static final Duration KILL = Duration.ofSeconds(10);

  void run() throws IOException, SQLException, InterruptedException {
    try (Beside beside = new Beside()) {
      for (Path load : loads()) {
        beside.begin(() -> stopLoad(load));
      }
      beside.await();
    }
    try (Beside beside = new Beside()) {
      for (String service : LabFiles.instances()) {
        beside.begin(() -> LabProgram.stop(new ProcessTree(files.work(service))));
      }
      beside.await();
    }
    LabProgram.stop(new ProcessTree(files.work(LabFiles.PROXY)));
    stopNodes();
  }

  /** The primary first, so that the standby gets everything that it has. */
  private void stopNodes() throws IOException, InterruptedException {
    // A frozen standby would keep the primary waiting, and a frozen primary cannot be asked.
    for (PostgresServer node : nodes.values()) {
      if (node.members().stream().anyMatch(ProcessId::isFrozen)) {
        node.kill(KILL);
      }
    }
    for (PostgresServer node : primaryFirst()) {
      node.stop(StopMode.FAST, FAST);
      Leftovers.end(node.home());
    }
  }

  private List<PostgresServer> primaryFirst() throws IOException {
    List<PostgresServer> ordered = new ArrayList<>();
    for (PostgresServer node : nodes.values()) {
      NodeObservation seen = node.observe();
      boolean primary =
          seen.role().map(role -> !role.inRecovery()).orElse(node.diskRole() == DiskRole.PRIMARY);
      ordered.add(primary ? 0 : ordered.size(), node);
    }
    return ordered;
  }

  private List<Path> loads() throws IOException {
    List<Path> loads = new ArrayList<>();
    try (DirectoryStream<Path> runs = Files.newDirectoryStream(files.load())) {
      runs.forEach(loads::add);
    } catch (NoSuchFileException noLoadYet) {
      return List.of();
    }
    loads.sort(Comparator.naturalOrder());
    return loads;
  }

  private static void stopLoad(Path directory) throws IOException, InterruptedException {
    List<ProcessId> members =
        new ProcessTree(directory)
            .members().stream()
                .filter(each -> RunningCommand.of(each).contains(LoadProcess.class.getName()))
                .toList();
    if (!members.isEmpty() && members.stream().noneMatch(ProcessId::isFrozen)) {
      closeJournal(directory);
    }
    Signal.KILL.send(members);
  }

  private static void closeJournal(Path directory) throws InterruptedException {
    try {
      LoadControl.in(directory).stop();
    } catch (IOException refused) {
      log.warn("the load in {} is killed with an open journal: {}", directory, refused.toString());
    }
  }
}
