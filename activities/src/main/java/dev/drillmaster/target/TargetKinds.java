package dev.drillmaster.target;

import java.util.List;

/** The kinds of targets that this program knows: worker, agent and watchdog share the list. */
public final class TargetKinds {

  /** All of them. */
  public static final List<TargetKind> ALL =
      List.of(
          new CommandTargetKind(),
          new HostTargetKind(),
          new DeviceTargetKind(),
          new NetworkTargetKind(),
          new PostgresTargetKind(),
          new RouteTargetKind(),
          new ToxiproxyTargetKind());

  private TargetKinds() {}
}
