package dev.drillmaster.target;

import java.util.List;

/** The kinds of targets that this program knows: worker, agent and watchdog share the list. */
public final class TargetKinds {

  /** All of them. */
  public static final List<TargetKind> ALL =
      List.of(
          new CommandTargetKind(),
          new DeviceTargetKind(),
          new HostTargetKind(),
          new NetworkTargetKind(),
          new PostgresTargetKind(),
          new RouteTargetKind(),
          new ToxiproxyTargetKind());

  private TargetKinds() {}
}
