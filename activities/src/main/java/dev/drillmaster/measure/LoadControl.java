package dev.drillmaster.measure;

import dev.drillmaster.control.ControlAddress;
import dev.drillmaster.control.ControlClient;
import dev.drillmaster.control.ControlToken;
import dev.drillmaster.process.DetachedProcess;
import dev.drillmaster.process.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Starts a load process and talks to it, also from a program that did not start it. */
public final class LoadControl {

  private static final int HEAP_MEGABYTES = 96;
  private static final Duration READY_WITHIN = Duration.ofSeconds(20);
  // A stop waits for answers (at most the client's timeout) and closes the journal.
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private record Start(String run, int rate) {}

  private record Stamp(long nanos) {}

  private final Path directory;
  private final ProcessId process;
  private final ControlClient client;

  private LoadControl(Path directory, ControlAddress address) throws IOException {
    this.directory = directory;
    this.process = address.process();
    this.client =
        new ControlClient(
            "the load process", address.port(), ControlToken.read(directory.resolve("load.token")));
  }

  /**
   * Starts a load process apart from us and waits until it can be called. It sends nothing yet.
   *
   * @param main the program; its class path is ours
   * @throws IOException if it is not ready within 20 s; then it is not left running
   */
  public static LoadControl launch(Class<?> main, LoadSettings settings)
      throws IOException, InterruptedException {
    return launch(main, settings, Map.of());
  }

  /**
   * The same.
   *
   * @param environment variables added to ours
   */
  public static LoadControl launch(
      Class<?> main, LoadSettings settings, Map<String, String> environment)
      throws IOException, InterruptedException {
    Files.createDirectories(settings.directory());
    ControlToken.create(settings.token());
    Process started =
        DetachedProcess.start(
            DetachedProcess.java(main, HEAP_MEGABYTES, settings.arguments()),
            environment,
            settings.directory(),
            settings.log());
    try {
      return new LoadControl(
          settings.directory(),
          ControlAddress.await(settings.address(), started, settings.log(), READY_WITHIN));
    } catch (IOException | InterruptedException notReady) {
      started.destroyForcibly();
      throw notReady;
    }
  }

  /**
   * The load process that works in this directory.
   *
   * @throws IOException if there is none, or it is gone
   */
  public static LoadControl in(Path directory) throws IOException {
    ControlAddress address = ControlAddress.read(directory.resolve("load.address"));
    if (!address.process().isRunning()) {
      throw new IOException(
          "the load process " + address.process() + " of " + directory + " no longer runs");
    }
    return new LoadControl(directory, address);
  }

  /** Begins to send. A load process serves one run: a second start is refused. */
  public LoadStatus start(String run, int rate) throws IOException, InterruptedException {
    return client.post("/start", new Start(run, rate), LoadStatus.class, ControlClient.LIMIT);
  }

  /**
   * Stamps a mark in the journal.
   *
   * @return its instant on the clock of the load process, nanoseconds since the journal's zero
   */
  public long mark(String name) throws IOException, InterruptedException {
    return client.post("/marks/" + name, Map.of(), Stamp.class, ControlClient.LIMIT).nanos();
  }

  public LoadStatus status() throws IOException, InterruptedException {
    return client.get("/status", LoadStatus.class);
  }

  /** Stops sending, waits for answers, closes the journal; the process ends afterwards. */
  public LoadStatus stop() throws IOException, InterruptedException {
    return client.post("/stop", Map.of(), LoadStatus.class, STOP_LIMIT);
  }

  /** Reads the journal as it is now; it is whole only after {@link #stop}. */
  public LoadJournal journal() throws IOException {
    return LoadJournal.read(directory.resolve("load.journal"));
  }

  /** The process, for those who must kill it. */
  public ProcessId process() {
    return process;
  }
}
