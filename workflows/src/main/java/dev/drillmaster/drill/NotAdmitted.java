package dev.drillmaster.drill;

import dev.drillmaster.guard.Refusal;

/** The guard refused the run before anything was done. */
final class NotAdmitted extends RuntimeException {

  private final transient Refusal why;

  NotAdmitted(Refusal why) {
    super(why.sentence());
    this.why = why;
  }

  Refusal why() {
    return why;
  }
}
