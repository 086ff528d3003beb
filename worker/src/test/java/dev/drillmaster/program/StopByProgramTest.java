package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.home.Home;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.stop.HostStopped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command has the program of its home stop everything; there is no Temporal and no database. */
@Tag("lab")
class StopByProgramTest implements StoppingAll.Told {

  private final Home home;
  private final List<String> said = new ArrayList<>();
  private Runnable onFirstLine = () -> {};

  StopByProgramTest(@TempDir Path directory) {
    this.home = new Home(directory.resolve("home"));
  }

  @BeforeEach
  void make() throws IOException {
    home.make();
  }

  @Override
  public void healed(List<HostStopped> hosts, long millis) {
    hosts.forEach(host -> said.add(host.host() + " healed " + host.nothingLeft()));
  }

  @Override
  public void line(String text) {
    said.add(text);
    if (said.size() == 1) {
      onFirstLine.run();
    }
  }

  private Optional<Boolean> stopAll(ProcessId program) throws InterruptedException {
    RunningProgram running = new RunningProgram(program, "127.0.0.1:1", "", null, null);
    return new StopByProgram(home, running, this).stopAll("a test", "users complain");
  }

  @Test
  @SuppressWarnings("try") // It serves; nobody calls it.
  void whatItDidAndCouldNotDoIsTold() throws Exception {
    StopForCommand withoutTemporal = new StopForCommand(home, "");
    try (ProgramPort port = ProgramPort.open(home, LabHost.of(home), withoutTemporal)) {
      assertThat(stopAll(ProcessId.self())).contains(false);
    }

    assertThat(said.get(0)).contains("by process " + ProcessId.self().pid());
    assertThat(said).contains("lab healed true");
    assertThat(said.get(said.size() - 1)).startsWith("NOT RECORDED");
  }

  @Test
  void withoutAnAnswerTheCommandDoesItItself() throws Exception {
    assertThat(stopAll(ProcessId.self())).isEmpty();

    assertThat(said).isEmpty();
  }

  @Test
  void aProgramThatIsLostAfterItTookTheCommandIsNotWaitedFor() throws Exception {
    try (ProgramPort port =
        ProgramPort.open(home, LabHost.of(home), new StopForCommand(home, ""))) {
      onFirstLine = port::close;

      assertThat(stopAll(new ProcessId(ProcessId.self().pid(), 1))).isEmpty();
    }

    assertThat(said).hasSize(2);
    assertThat(said.get(1)).endsWith("was lost: from here");
  }
}
