package dev.drillmaster.injector;

import dev.drillmaster.process.BoundedCommand;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.target.HostTarget;
import dev.drillmaster.tier.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A host whose target is itself, and that knows the processes of stress-ng that use it up. */
final class StressLab extends HostLab {

  /** Where stress-ng may work. */
  final Path room;

  StressLab(Path directory) throws IOException {
    super(directory);
    Tier.need(
        BoundedCommand.find("stress-ng").isPresent(),
        "stress-ng on the PATH",
        "apt-get install stress-ng");
    room = Files.createDirectories(directory.resolve("room"));
    define(new HostTarget.Definition(room, 2, 256, 512, 64, 64));
  }

  void define(HostTarget.Definition definition) throws IOException {
    targets.define(TARGET, definition);
  }

  /** All that run, wherever below the room they work. */
  List<ProcessHandle> stressors() {
    return ProcessHandle.allProcesses()
        .filter(
            each -> each.info().command().filter(name -> name.endsWith("stress-ng")).isPresent())
        .filter(StressLab.this::worksHere)
        .filter(each -> ProcessId.of(each.pid()).isPresent())
        .toList();
  }

  private boolean worksHere(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", "" + process.pid(), "cwd")).startsWith(room);
    } catch (IOException gone) {
      return false;
    }
  }

  List<ProcessId> ids() {
    return ids(stressors());
  }

  /** Those that do the work: they have no children. */
  List<ProcessId> workers() {
    return ids(
        stressors().stream()
            .filter(each -> each.children().findAny().isEmpty())
            .filter(each -> each.parent().flatMap(parent -> parent.info().command()).isPresent())
            .toList());
  }

  private static List<ProcessId> ids(List<ProcessHandle> processes) {
    return processes.stream().flatMap(each -> ProcessId.of(each.pid()).stream()).toList();
  }

  /** What nobody uses up serves. */
  @Override
  boolean serves() {
    return stressors().isEmpty();
  }

  @Override
  void destroyTarget() throws IOException, InterruptedException {
    ProcessKiller.killAll(this::ids);
  }

  @Override
  void stopTarget() throws IOException, InterruptedException {
    ProcessKiller.killAll(this::ids);
  }
}
