package dev.drillmaster.report;

/** What may be shown of a text from outside: nothing that moves a cursor or turns a line around. */
public final class Visible {

  private Visible() {}

  /** The code point if it has a shape of its own, else the replacement. */
  public static int orElse(int point, int replacement) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          replacement;
      default -> point;
    };
  }
}
