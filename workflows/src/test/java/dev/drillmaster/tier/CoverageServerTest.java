package dev.drillmaster.tier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jacoco.core.data.ExecutionData;
import org.jacoco.core.data.ExecutionDataStore;
import org.jacoco.core.runtime.RemoteControlReader;
import org.jacoco.core.runtime.RemoteControlWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("pure")
@Timeout(20)
final class CoverageServerTest {

  @Test
  void aChildThatIsKilledCountsWithWhatItWasLastAskedFor() throws Exception {
    CoverageServer server = CoverageServer.start();
    try (Child killed = new Child(server);
        Child other = new Child(server)) {
      killed.answer(true, false);
      other.answer(false, true);
      killed.awaitQuestion();
    }
    ExecutionDataStore covered = server.close();
    assertThat(covered.getContents()).hasSize(1);
    assertThat(covered.get(7).getProbes()).containsExactly(true, true);
  }

  @Test
  void aChildThatIsLeftRunningDoesNotHoldTheBuildUp() throws Exception {
    CoverageServer server = CoverageServer.start();
    try (Child silent = new Child(server)) {
      silent.awaitQuestion();
      assertThat(server.close().getContents()).isEmpty();
    }
  }

  /** Speaks as JaCoCo's agent does. */
  private static final class Child implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("-javaagent:a.jar=.*,port=(\\d+),.*");

    private final Socket socket;
    private final RemoteControlWriter data;
    private final RemoteControlReader questions;
    private final Semaphore asked = new Semaphore(0);

    Child(CoverageServer server) throws IOException {
      Matcher agent = PORT.matcher(server.agent("-javaagent:a.jar"));
      assertThat(agent.matches()).isTrue();
      socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(agent.group(1)));
      data = new RemoteControlWriter(socket.getOutputStream());
      questions = new RemoteControlReader(socket.getInputStream());
      questions.setRemoteCommandVisitor((dump, reset) -> asked.release(dump && !reset ? 1 : 0));
      Thread reader = new Thread(this::readQuestions, "child");
      reader.setDaemon(true);
      reader.start();
    }

    private void readQuestions() {
      try {
        questions.read();
      } catch (IOException closed) {
        // By the test.
      }
    }

    void awaitQuestion() throws InterruptedException {
      assertThat(asked.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
    }

    void answer(boolean... probes) throws IOException, InterruptedException {
      awaitQuestion();
      data.visitClassExecution(new ExecutionData(7, "Some", probes));
      data.sendCmdOk();
      awaitQuestion();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
