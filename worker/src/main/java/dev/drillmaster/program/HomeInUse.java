package dev.drillmaster.program;

/** Another program acts on this home; nothing was done. */
public final class HomeInUse extends RuntimeException {
  HomeInUse(String message) {
    super(message);
  }
}
