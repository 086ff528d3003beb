package dev.drillmaster.postgres;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** PostgreSQL refuses to run as root; this is how it is started all the same where we are root. */
final class ServerAccount {

  private static final List<String> PREFIX = probe();

  private ServerAccount() {}

  /** What goes before a command of PostgreSQL. */
  static List<String> prefix() {
    return PREFIX;
  }

  private static List<String> probe() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return List.of();
    }
    // In a user namespace of its own the server has no uid that means root, while the kernel still
    // takes it for the
    // owner of our files. An account such as nobody would need every directory above to be opened
    // to it.
    List<String> namespace = List.of("unshare", "-U");
    return works(namespace)
        ? namespace
        : List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
  }

  private static boolean works(List<String> prefix) {
    try {
      List<String> command = new java.util.ArrayList<>(prefix);
      command.add("true");
      Process trial =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return trial.waitFor(5, TimeUnit.SECONDS) && trial.exitValue() == 0;
    } catch (IOException absent) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
