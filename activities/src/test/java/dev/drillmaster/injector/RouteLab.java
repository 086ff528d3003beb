package dev.drillmaster.injector;

import dev.drillmaster.control.ControlToken;
import dev.drillmaster.drillproxy.DrillProxy;
import dev.drillmaster.drillproxy.DrillProxy.RouteSettings;
import dev.drillmaster.process.DetachedProcess;
import dev.drillmaster.process.Poll;
import dev.drillmaster.proxy.ProxyControl;
import dev.drillmaster.proxy.RouteStatus;
import dev.drillmaster.proxy.Upstream;
import dev.drillmaster.target.RouteTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A host whose target is a route of a drill proxy. */
final class RouteLab extends GreetingLab {

  private static final String ROUTE = "database";
  private static final Duration READY = Duration.ofSeconds(20);

  final Path proxy;
  private final Process process;
  private final int port;

  RouteLab(Path directory) throws IOException, InterruptedException {
    super(directory);
    this.proxy = Files.createDirectories(directory.resolve("proxy"));
    ControlToken.create(proxy.resolve(ProxyControl.TOKEN_FILE));
    Upstream behind = new Upstream("127.0.0.1", upstreamPort());
    DrillProxy.Settings settings =
        new DrillProxy.Settings(proxy, 0, List.of(new RouteSettings(ROUTE, 0, behind)));
    this.process =
        DetachedProcess.start(
            DetachedProcess.java(DrillProxy.class, 64, settings.arguments()),
            Map.of(),
            directory,
            directory.resolve("proxy.log"));
    if (!Poll.until(READY, () -> RouteTarget.running(proxy).isPresent())) {
      throw new IOException("the test's proxy does not start");
    }
    this.port = route().listenPort();
    targets.define(TARGET, new RouteTarget.Definition(proxy, ROUTE));
  }

  RouteStatus route() throws IOException, InterruptedException {
    return ProxyControl.in(proxy).route(ROUTE);
  }

  @Override
  int port() {
    return port;
  }

  @Override
  Process proxyProcess() {
    return process;
  }
}
