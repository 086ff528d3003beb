package dev.drillmaster.injector;

import java.io.IOException;
import java.nio.file.Path;

/** The contract for faults on a route that carries bytes. */
abstract class RouteContract extends AnyRouteContract<RouteLab> {

  @Override
  RouteLab start(Path made) throws IOException, InterruptedException {
    return new RouteLab(made);
  }

  @Override
  RouteProcess proxy() {
    return lab.proxy;
  }

  /** As a client sees it: it is let in and hears nothing. */
  @Override
  boolean effectSeen() {
    return lab.isSilent();
  }
}
