package dev.drillmaster.cli;

/** What the program exits with. Stable: pipelines ask for it. */
final class ExitCode {

  static final int PASSED = 0;

  /** Wrong usage: a command, an option or a plan that is not right. */
  static final int USAGE = 64;

  /** Our own trouble: what was asked for is right and could not be done. */
  static final int TROUBLE = 70;

  private ExitCode() {}
}
