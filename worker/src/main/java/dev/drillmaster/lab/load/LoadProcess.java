package dev.drillmaster.lab.load;

import dev.drillmaster.control.ControlAddress;
import dev.drillmaster.control.ControlRequest;
import dev.drillmaster.control.ControlServer;
import dev.drillmaster.control.ControlServer.Refused;
import dev.drillmaster.control.ControlToken;
import dev.drillmaster.measure.HttpTransferSender;
import dev.drillmaster.measure.LoadSettings;
import dev.drillmaster.measure.LoadStatus;
import dev.drillmaster.measure.OpenLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the load of one run and keeps its journal, until it is stopped or its time is over. */
public final class LoadProcess {

  private static final Logger log = LoggerFactory.getLogger(LoadProcess.class);

  private record Start(String run, int rate) {}

  private final LoadSettings settings;
  private final HttpTransferSender sender;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private @Nullable OpenLoop loop;

  private LoadProcess(LoadSettings settings, HttpTransferSender sender) {
    this.settings = settings;
    this.sender = sender;
  }

  private synchronized LoadStatus start(ControlRequest request) throws IOException, Refused {
    if (loop != null) {
      throw new Refused(409, "a load runs or has run; start a new load process for another run");
    }
    Start start = request.as(Start.class);
    try {
      loop =
          OpenLoop.start(
              settings.journal(),
              start.run(),
              start.rate(),
              settings.instances().size(),
              settings.timeout(),
              settings.maxInFlight(),
              sender);
    } catch (IllegalArgumentException wrong) {
      throw new Refused(400, String.valueOf(wrong.getMessage()));
    }
    return loop.status();
  }

  private Map<String, Long> mark(ControlRequest request) throws IOException, Refused {
    OpenLoop running = running();
    if (running == null) {
      throw new Refused(409, "no load runs; start one before marking");
    }
    return Map.of("nanos", running.mark(request.name()));
  }

  private LoadStatus status() {
    OpenLoop running = running();
    return running == null ? LoadStatus.idle() : running.status();
  }

  private LoadStatus stop() throws IOException, InterruptedException {
    OpenLoop running = running();
    // A little more than the client's timeout, after which every attempt has an outcome.
    LoadStatus last =
        running == null
            ? LoadStatus.idle()
            : running.stop(settings.timeout().plus(Duration.ofMillis(500)));
    stopped.countDown();
    return last;
  }

  private synchronized @Nullable OpenLoop running() {
    return loop;
  }

  /**
   * Runs until it is stopped, at most to the latest end.
   *
   * @param arguments see {@link LoadSettings#arguments}
   * @throws IOException if the token cannot be read or the address cannot be published
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    // Shorter than the 30 s after which the services close an idle connection: a request on a
    // connection that is just being closed would look like a failure of the service.
    System.setProperty("jdk.httpclient.keepalive.timeout", "10");
    LoadSettings settings = LoadSettings.parse(arguments);
    ControlToken token = ControlToken.read(settings.token());
    HttpTransferSender sender =
        new HttpTransferSender(
            settings.instances(), settings.timeout(), Executors.newFixedThreadPool(2));
    sender.warmUp();
    LoadProcess process = new LoadProcess(settings, sender);
    try (ControlServer control = new ControlServer(0, token)) {
      int port =
          control
              .on("POST", "/start", process::start)
              .on("POST", "/marks/{name}", process::mark)
              .on("GET", "/status", request -> process.status())
              .on("POST", "/stop", request -> process.stop())
              .start();
      ControlAddress.publish(settings.address(), port);
      if (!process.stopped.await(settings.latestEnd().toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("nobody stopped the load within {}; stopping it", settings.latestEnd());
        process.stop();
      }
    }
    // The threads of the sender would keep the process alive.
    System.exit(0);
  }
}
