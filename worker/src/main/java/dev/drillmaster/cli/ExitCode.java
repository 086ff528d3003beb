package dev.drillmaster.cli;

/** What the program exits with. Stable: pipelines ask for it. */
final class ExitCode {

  static final int PASSED = 0;

  /** Wrong usage: a command, an option or a plan that is not right. */
  static final int USAGE = 64;

  /** Something that the command needs is not there or does not work; the message says what. */
  static final int UNAVAILABLE = 69;

  private ExitCode() {}
}
