package dev.drillmaster.program;

import dev.drillmaster.home.Home;
import dev.drillmaster.lab.Lab;
import dev.drillmaster.policy.Policy;

/** The host that the lab runs on: this machine, in the process of whoever runs drills. */
public final class LabHost {

  /** The host's name, and the lab's as a system. */
  public static final String NAME = Lab.SYSTEM;

  private LabHost() {}

  /** The host of a home. Everything may be done to it: it is there for that. */
  public static LocalHost of(Home home) {
    return LocalHost.of(home, NAME, Policy.EVERYTHING);
  }
}
