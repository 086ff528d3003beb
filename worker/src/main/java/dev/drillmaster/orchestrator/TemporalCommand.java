package dev.drillmaster.orchestrator;

import dev.drillmaster.process.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Temporal CLI, which has the dev server in it. It is not downloaded: what is downloaded would
 * have to be trusted without anybody having asked for it.
 *
 * @param program the file
 */
public record TemporalCommand(Path program) {

  /** What makes it be there. */
  public static final String INSTALL = "go install github.com/temporalio/cli/cmd/temporal@v1.5.1";

  /** What to say where it is needed and not there. */
  public static final String MISSING =
      "there is no program \"temporal\" on the PATH or in ~/go/bin; to install it: " + INSTALL;

  private static final String NAME = "temporal";

  /** Finds it on the PATH, or else in {@code ~/go/bin}, where {@code go install} puts it. */
  public static Optional<TemporalCommand> find(Map<String, String> environment) {
    Path goBin = Path.of(System.getProperty("user.home"), "go", "bin");
    return Programs.find(NAME, environment.getOrDefault("PATH", ""), List.of(goBin))
        .map(TemporalCommand::new);
  }

  /** Whether its dev server knows an option; each release has some more. */
  boolean knows(String option) throws IOException {
    Process help =
        new ProcessBuilder(program.toString(), "server", "start-dev", "--help")
            .redirectErrorStream(true)
            .start();
    help.getOutputStream().close();
    String said = new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return said.contains(option);
  }
}
