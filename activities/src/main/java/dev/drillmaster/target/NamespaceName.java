package dev.drillmaster.target;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How the definition of a target names a network namespace. */
final class NamespaceName {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");
  private static final Pattern FILE = Pattern.compile("/[A-Za-z0-9_./-]{1,200}");

  private NamespaceName() {}

  /**
   * Refuses what is none. A file below /proc is refused, too: when its process ends, the kernel
   * gives the number to another one, which may be in another namespace.
   */
  static void require(@Nullable String namespace) {
    if (namespace == null || NAME.matcher(namespace).matches()) {
      return;
    }
    if (!FILE.matcher(namespace).matches()
        || namespace.contains("..")
        || namespace.startsWith("/proc/")) {
      throw new IllegalArgumentException(
          "\"namespace\" must be a name as \"ip netns\" lists them, or a file such as"
              + " /run/docker/netns/4f1a; not one below /proc, where numbers are used again");
    }
  }
}
