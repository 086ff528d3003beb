package dev.drillmaster.target;

/** Something on this host that can be acted on. What it says is observed, not remembered. */
public interface Target {

  /** Its name on this host. */
  String name();

  /** What it is, in one line for people. */
  String description();
}
