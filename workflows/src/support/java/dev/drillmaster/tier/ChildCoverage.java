package dev.drillmaster.tier;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jacoco.core.data.ExecutionDataWriter;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * When the tests run with JaCoCo's agent, gives it to the Java processes that they start, too, and
 * writes what these covered beside the tests' own data.
 *
 * <p>Not by the agent's file output: most of those processes end by SIGKILL, which would leave
 * nothing, or half a record in a file that they share, and one that is frozen while it holds the
 * file's lock would stop the others. The agent delays a child's start by 0.17 s (measured with the
 * watchdog, on two idle cores).
 */
public final class ChildCoverage implements TestExecutionListener {

  private static final Pattern AGENT =
      Pattern.compile("(-javaagent:.*org\\.jacoco\\.agent.*?\\.jar)=.*destfile=([^,]+).*");

  private @Nullable CoverageServer server;
  private @Nullable Path file;

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    Optional<Matcher> agent = agent();
    if (agent.isEmpty()) {
      return;
    }
    try {
      CoverageServer started = CoverageServer.start();
      server = started;
      file = Path.of(agent.get().group(2)).resolveSibling("jacoco-child.exec");
      System.setProperty(ChildArguments.PROPERTY, started.agent(agent.get().group(1)));
    } catch (IOException noServer) {
      throw new UncheckedIOException(noServer);
    }
  }

  private static Optional<Matcher> agent() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .map(AGENT::matcher)
        .filter(Matcher::matches)
        .findFirst();
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    if (server == null || file == null) {
      return;
    }
    System.clearProperty(ChildArguments.PROPERTY);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      server.close().accept(new ExecutionDataWriter(out));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
