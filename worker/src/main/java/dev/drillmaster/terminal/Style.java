package dev.drillmaster.terminal;

/** How text looks. */
public enum Style {
  PLAIN(""),
  BOLD("1"),
  DIM("2"),
  GREEN("32"),
  YELLOW("33"),
  RED("31"),
  /** For what a person must not overlook. */
  ALARM("1;31");

  private final String codes;

  Style(String codes) {
    this.codes = codes;
  }

  String of(String text) {
    return codes.isEmpty() || text.isEmpty() ? text : "\u001b[" + codes + "m" + text + "\u001b[0m";
  }
}
