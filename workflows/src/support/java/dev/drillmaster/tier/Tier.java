package dev.drillmaster.tier;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What a tier of tests needs from the machine. Tiers are tags: each test class has exactly one of
 * {@link #NAMES}.
 */
public final class Tier {

  /** All tiers, from those that need least to those that need most. */
  public static final List<String> NAMES = List.of("pure", "lab", "server", "host");

  private Tier() {}

  /**
   * Skips the calling test when something is not there, and says so at the end of the build. On CI
   * (environment variable CI=true) the test fails instead: what CI skips, nobody runs.
   *
   * @param present whether it is there
   * @param missing what it is
   * @param install the command or step that makes it be there
   */
  public static void need(boolean present, String missing, String install) {
    need("true".equals(System.getenv("CI")), present, missing, install);
  }

  static void need(boolean onCi, boolean present, String missing, String install) {
    if (present) {
      return;
    }
    String message = "missing: " + missing + "; to install it: " + install;
    if (onCi) {
      Assertions.fail(message);
    }
    Assumptions.abort(message);
  }

  /**
   * What the tier {@code server} needs.
   *
   * @return the Temporal CLI, from the PATH or else from ~/go/bin
   */
  public static Path needTemporal() {
    Path goBin = Path.of(System.getProperty("user.home"), "go", "bin");
    Optional<Path> found =
        find("temporal", Objects.requireNonNullElse(System.getenv("PATH"), ""), goBin);
    need(
        found.isPresent(),
        "temporal on the PATH or in ~/go/bin",
        "go install github.com/temporalio/cli/cmd/temporal@v1.5.1");
    return found.orElseThrow();
  }

  static Optional<Path> find(String program, String path, Path last) {
    return Stream.concat(
            Arrays.stream(path.split(":", -1)).filter(each -> !each.isEmpty()).map(Path::of),
            Stream.of(last))
        .map(folder -> folder.resolve(program))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }
}
