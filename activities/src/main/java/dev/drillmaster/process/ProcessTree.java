package dev.drillmaster.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * All processes that work in one directory. A server such as PostgreSQL changes into its data
 * directory, and its children inherit that. Parentage would not do: with the parent killed, orphans
 * go on working under pid 1.
 *
 * @param directory the working directory that makes a process a member
 */
public record ProcessTree(Path directory) {

  /**
   * The members that run now (frozen ones too), in no particular order; processes we may not look
   * at are left out.
   */
  public List<ProcessId> members() {
    Path wanted;
    try {
      wanted = directory.toRealPath();
    } catch (IOException absent) {
      return List.of();
    }
    return RunningProcesses.where(
        process -> RunningProcesses.link(process, "cwd").filter(wanted::equals).isPresent());
  }

  /**
   * Kills until no member is left: between listing and killing they may have had children.
   *
   * @return whether all are gone within the bound; what is not hangs in the kernel or belongs to
   *     another user
   */
  public boolean kill(Duration bound) throws IOException, InterruptedException {
    return Poll.until(
        bound,
        () -> {
          List<ProcessId> members = members();
          Signal.KILL.send(members);
          return members.isEmpty();
        });
  }
}
