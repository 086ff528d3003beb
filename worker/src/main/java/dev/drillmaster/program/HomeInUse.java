package dev.drillmaster.program;

/** Another program acts on this home; nothing was done. */
public final class HomeInUse extends RuntimeException {
  /** Says who, and what to do. */
  public HomeInUse(String message) {
    super(message);
  }
}
