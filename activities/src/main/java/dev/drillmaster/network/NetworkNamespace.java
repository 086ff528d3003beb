package dev.drillmaster.network;

import dev.drillmaster.process.RunningProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One network namespace of this host. Its file may be taken away while it lives on, or name another
 * one later, so that its inode belongs to the identity.
 *
 * @param file the file that names it; that of the process which injected if null
 * @param inode device and inode of that file when it was looked up
 */
public record NetworkNamespace(@Nullable Path file, String inode) {

  /** Of a process, below its folder in {@code /proc}. */
  private static final String ENTRY = "ns/net";

  private static final Path OWN = Path.of("/proc/self").resolve(ENTRY);

  /** Where ip-netns(8) keeps those that have a name. */
  private static final Path NAMED = Path.of("/run/netns");

  /**
   * The one that a target's definition names.
   *
   * @param nameOrFile a name as {@code ip netns} knows it, or a file; ours if null
   * @throws IOException if there is none of this name, saying so
   */
  public static NetworkNamespace of(@Nullable String nameOrFile) throws IOException {
    if (nameOrFile == null) {
      return new NetworkNamespace(null, inode(OWN));
    }
    Path file = NAMED.resolve(nameOrFile);
    String inode;
    try {
      inode = inode(file);
    } catch (NoSuchFileException absent) {
      throw new IOException("there is no network namespace " + file + ": see \"ip netns\"", absent);
    }
    if (!device(inode).equals(device(inode(OWN)))) {
      throw new IOException(file + " is no network namespace");
    }
    return new NetworkNamespace(file, inode);
  }

  /** Whether this process is in it. */
  public boolean ours() throws IOException {
    return inode.equals(inode(OWN));
  }

  /**
   * The words to put in front of a command that is to run in it. Not those of ip-netns(8), which
   * knows names only.
   *
   * @return empty if it is gone, and with it all that was in it: it has no name and no process
   */
  Optional<List<String>> entering() throws IOException {
    if (ours()) {
      return Optional.of(List.of());
    }
    Path named = file;
    if (named != null && denotesIt(named)) {
      return Optional.of(List.of("nsenter", "--net=" + named));
    }
    return ofItsProcess().map(found -> List.of("nsenter", "--net=" + found));
  }

  /** Its file is gone, or it never had one and we are elsewhere: a process in it has one, too. */
  private Optional<Path> ofItsProcess() {
    return RunningProcesses.where(process -> denotesIt(process.resolve(ENTRY))).stream()
        .findAny()
        .map(process -> Path.of("/proc", Long.toString(process.pid())).resolve(ENTRY));
  }

  private boolean denotesIt(Path entry) {
    try {
      return inode.equals(inode(entry));
    } catch (IOException goneOrForbidden) {
      return false;
    }
  }

  private static String inode(Path file) throws IOException {
    return String.valueOf(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
  }

  private static String device(String inode) {
    return inode.substring(0, inode.indexOf(','));
  }

  /** For people. */
  @Override
  public String toString() {
    return file == null ? "the agent's own network" : "network namespace " + file;
  }
}
