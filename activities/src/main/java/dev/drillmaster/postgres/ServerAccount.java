package dev.drillmaster.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Under which account servers run. PostgreSQL refuses to run as root. As root we first try a user
 * namespace: there the server takes itself for nobody, while for the kernel it still is root, so
 * that files stay ours and any directory will do. Where namespaces are forbidden, an unprivileged
 * user runs it and owns its files.
 *
 * <p>Not runuser: it forks to watch its child, so the pid that we start would not be the server's.
 *
 * @param prefix the words to put in front of a command
 * @param owner the user that must own the files, if it is not we
 */
public record ServerAccount(List<String> prefix, Optional<String> owner) {

  private static final List<String> UNPRIVILEGED_USERS = List.of("postgres", "nobody");

  /**
   * The account for this program; found by trying, once.
   *
   * @throws PostgresFailure if PostgreSQL cannot be run here
   */
  public static ServerAccount current() throws IOException {
    synchronized (Probed.LOCK) {
      if (Probed.account.isEmpty()) {
        Probed.account = candidates().stream().filter(ServerAccount::works).findFirst();
      }
      return Probed.account.orElseThrow(
          () ->
              new PostgresFailure(
                  PostgresFailure.Kind.NO_ACCOUNT,
                  "PostgreSQL refuses to run as root, and neither 'unshare -U' nor 'setpriv' to one"
                      + " of the users "
                      + UNPRIVILEGED_USERS
                      + " works here; run as an ordinary user, or install util-linux"));
    }
  }

  /** All accounts that could serve, the best first. */
  static List<ServerAccount> candidates() {
    ServerAccount ourselves = new ServerAccount(List.of(), Optional.empty());
    List<ServerAccount> candidates = new ArrayList<>();
    candidates.add(ourselves);
    candidates.add(new ServerAccount(List.of("unshare", "-U"), Optional.empty()));
    UNPRIVILEGED_USERS.forEach(user -> candidates.add(user(user)));
    return candidates;
  }

  /** Runs servers as that user of the system and its group. */
  static ServerAccount user(String name) {
    String group = output(List.of("id", "-g", name)).orElse("-");
    return new ServerAccount(
        List.of("setpriv", "--reuid", name, "--regid", group, "--clear-groups"), Optional.of(name));
  }

  /** Whether a command can be run so, and then does not run as root. */
  boolean works() {
    return output(command(List.of("id", "-u"))).filter(user -> !user.equals("0")).isPresent();
  }

  /** What a command printed; empty if it is not installed or failed. */
  private static Optional<String> output(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
      return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
    } catch (IOException notInstalled) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** The command that runs the given one under this account, in the same process. */
  List<String> command(List<String> command) {
    List<String> prefixed = new ArrayList<>(prefix);
    prefixed.addAll(command);
    return prefixed;
  }

  /** Gives a file or a whole directory to the account that must own it. */
  void own(Path root) throws IOException {
    if (owner.isEmpty()) {
      return;
    }
    UserPrincipalLookupService users = root.getFileSystem().getUserPrincipalLookupService();
    var user = users.lookupPrincipalByName(owner.get());
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            return visitFile(directory, attributes);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            PosixFileAttributeView view =
                Files.getFileAttributeView(
                    file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            view.setOwner(user);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Refuses a directory that the account may not enter, such as one below root's own home. */
  void requireEntry(Path directory) throws IOException, InterruptedException {
    if (owner.isEmpty()) {
      return;
    }
    Process test =
        new ProcessBuilder(command(List.of("test", "-x", directory.toAbsolutePath().toString())))
            .start();
    if (test.waitFor() != 0) {
      throw new PostgresFailure(
          PostgresFailure.Kind.NO_ACCOUNT,
          "user %s, who runs PostgreSQL here, may not enter %s: choose a directory that it may"
              .formatted(owner.get(), directory));
    }
  }

  /** What was found, for all of this program: it does not change while we run. */
  private static final class Probed {
    private static final Object LOCK = new Object();
    private static Optional<ServerAccount> account = Optional.empty();
  }
}
