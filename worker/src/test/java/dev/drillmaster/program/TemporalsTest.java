package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.home.Home;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.orchestrator.ServerUnreachable;
import dev.drillmaster.orchestrator.WrongProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which server is chosen, where no Temporal program is installed. */
@Tag("lab")
class TemporalsTest {

  private final Path directory;
  private final Home home;
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> said = new ArrayList<>();
  private final String userHome = System.getProperty("user.home");

  TemporalsTest(@TempDir Path directory) {
    this.directory = directory;
    this.home = new Home(directory.resolve("home"));
    environment.put("PATH", directory.toString());
    // Neither profiles nor ~/go/bin of whoever runs the tests.
    System.setProperty("user.home", directory.toString());
  }

  @AfterEach
  void restore() {
    System.setProperty("user.home", userHome);
  }

  private Orchestrator open(String option) throws Exception {
    return Temporals.open(option, home, environment, said::add);
  }

  @Test
  void withoutTheProgramItIsTheInProcessServerAndSaysWhatIsMissing() throws Exception {
    try (Orchestrator server = open("auto")) {
      assertThat(server.name()).startsWith(Orchestrator.EMBEDDED);
      assertThat(server.ui()).isEmpty();
    }
    assertThat(said)
        .containsExactly(
            "using the in-process Temporal server, without UI and schedules: there is no program"
                + " \"temporal\" on the PATH or in ~/go/bin; to install it: go install"
                + " github.com/temporalio/cli/cmd/temporal@v1.5.1");
    assertThatThrownBy(() -> open("dev"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("go install");
  }

  @Test
  void aProfileOfTheTemporalCliIsFollowedAndOneThatIsNotThereIsNamed() throws Exception {
    try (Orchestrator theirs = open("embedded")) {
      Path profiles =
          Files.writeString(
              directory.resolve("temporal.toml"),
              "[profile.ours]\naddress = \"%s\"\n".formatted(theirs.address()));
      environment.put("TEMPORAL_CONFIG_FILE", profiles.toString());
      environment.put("TEMPORAL_PROFILE", "ours");
      try (Orchestrator server = open("auto")) {
        assertThat(server.address()).isEqualTo(theirs.address());
        assertThat(server.name()).isEqualTo(theirs.address());
      }
    }
    environment.put("TEMPORAL_PROFILE", "theirs");
    assertThatThrownBy(() -> open("auto"))
        .isInstanceOf(WrongProfile.class)
        .hasMessageContaining("TEMPORAL_CONFIG_FILE")
        .hasRootCauseMessage("Unable to find profile theirs in config data");
  }

  @Test
  void theLedgersNameOfAServerHasTheNamespaceUnlessItIsTheDefaultOne() throws Exception {
    try (Orchestrator server = open("embedded");
        Orchestrator other = Orchestrator.at(server.address() + "/drills")) {
      assertThat(other.name()).isEqualTo(server.address() + "/drills");
      assertThat(other.address()).isEqualTo(server.address());
      assertThat(other.client().getOptions().getNamespace()).isEqualTo("drills");
    }
  }

  @Test
  void whatIsNoChoiceIsRefused() {
    for (String wrong : List.of("", "real", "localhost", "a b:1", "host:1/drills")) {
      assertThatThrownBy(() -> Temporals.check(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("auto, dev, embedded or HOST:PORT");
    }
  }

  @Test
  void aHomeServerThatWasMovedAwayIsNotMadeAnewForWhatWasLeftOnIt() {
    assertThatThrownBy(() -> Orchestrator.again(Orchestrator.HOME, home))
        .isInstanceOf(ServerUnreachable.class);
    assertThat(home.temporal()).doesNotExist();
  }
}
