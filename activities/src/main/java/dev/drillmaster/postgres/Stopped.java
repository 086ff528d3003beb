package dev.drillmaster.postgres;

/** How a server came to be stopped. */
public enum Stopped {
  /** No process of it ran. */
  WAS_NOT_RUNNING,
  /** It stopped by itself when asked. */
  AS_ASKED,
  /** It had to be killed; the next start recovers from the log. */
  KILLED
}
