package dev.drillmaster.injector;

import dev.drillmaster.process.FileTree;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.RunningProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The directory of one injection, with its id in the name. All programs that the injection starts
 * work in there and write in there, and are known by that: their children inherit it, and it is so
 * from their first instruction on, while a pid could be noted only afterwards, when whoever notes
 * it may be dead.
 *
 * @param path where it is
 */
record OwnDirectory(Path path) {

  /**
   * What may be killed in there: the programs, and what starts them. Not everything, since an
   * operator may have gone there to have a look.
   */
  private static final Set<String> PROGRAMS =
      Set.of("stress-ng", "fallocate", "setsid", "jspawnhelper");

  /** The kernel's word for a file that has no name any more. */
  private static final String DELETED = " (deleted)";

  static OwnDirectory of(Path parent, UUID injection) {
    return new OwnDirectory(parent.resolve("drillmaster-" + injection));
  }

  /** Fails if it is there: it was made by an injection that is over. */
  void make() throws IOException {
    Files.createDirectory(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** Whatever of ours runs in there, also if somebody has deleted it meanwhile. */
  List<ProcessId> processes() {
    return RunningProcesses.where(
        process ->
            name(process, "cwd").filter(path.getFileName().toString()::equals).isPresent()
                && name(process, "exe").filter(PROGRAMS::contains).isPresent());
  }

  private static Optional<String> name(Path process, String link) {
    return RunningProcesses.link(process, link)
        .map(Path::getFileName)
        .map(Path::toString)
        .map(
            name ->
                name.endsWith(DELETED)
                    ? name.substring(0, name.length() - DELETED.length())
                    : name);
  }

  /**
   * Kills what runs in there and deletes it. Killed once more afterwards: what was just being
   * started may have come in meanwhile, and nothing can any more.
   */
  void clear() throws IOException, InterruptedException {
    ProcessKiller.killAll(this::processes);
    FileTree.delete(path);
    ProcessKiller.killAll(this::processes);
  }
}
