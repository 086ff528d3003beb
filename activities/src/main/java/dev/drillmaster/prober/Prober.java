package dev.drillmaster.prober;

import dev.drillmaster.steadystate.Probe;
import dev.drillmaster.system.SystemDefinition;

/**
 * Asks one kind of probe. Stateless.
 *
 * @param <P> the probe's record
 */
interface Prober<P extends Probe> {

  /** The record of the probe. */
  Class<P> probeClass();

  /**
   * Asks once, within the probe's timeout and a little more.
   *
   * @param system what the names in the probe mean
   * @return what was answered; that nothing answers is an answer, and not tolerated
   * @throws CannotAsk if nothing was asked, so that nobody knows
   */
  Answer ask(P probe, SystemDefinition system) throws CannotAsk, InterruptedException;

  /**
   * An answer.
   *
   * @param met whether it is tolerated
   * @param value the answer, or why there is none; text from outside
   */
  record Answer(boolean met, String value) {}

  /** The question could not be put; the message says what is wrong with it. */
  final class CannotAsk extends Exception {
    CannotAsk(String message) {
      super(message);
    }
  }
}
