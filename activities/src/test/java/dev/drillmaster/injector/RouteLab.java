package dev.drillmaster.injector;

import dev.drillmaster.proxy.RouteStatus;
import java.io.IOException;
import java.nio.file.Path;

/** A host whose target is a route of a drill proxy. */
final class RouteLab extends GreetingLab {

  final RouteProcess proxy;

  RouteLab(Path directory) throws IOException, InterruptedException {
    super(directory);
    this.proxy = new RouteProcess(directory, upstreamPort());
    targets.define(TARGET, proxy.target());
  }

  RouteStatus route() throws IOException, InterruptedException {
    return proxy.status();
  }

  @Override
  int port() {
    return proxy.port;
  }

  @Override
  Process proxyProcess() {
    return proxy.process;
  }
}
