package dev.drillmaster.injector;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import dev.drillmaster.injection.Prepared;
import dev.drillmaster.target.Target;
import java.io.IOException;
import org.slf4j.LoggerFactory;

/**
 * One mechanism. Stateless: what healing needs is in the undo record, because another process heals
 * when this one is dead. Every wait in here has a bound. All methods but {@link #prepare} and
 * {@link #inspect} are called under the target's lock.
 *
 * @param <F> the fault's record
 * @param <U> the undo record: what is needed to heal, a record that the wire format can hold
 */
public interface Injector<F extends Fault, U> {

  /** The record of the fault. */
  Class<F> faultClass();

  /** The undo record's class. */
  Class<U> undoClass();

  /**
   * Looks whether the fault can be injected; writes nothing, nowhere.
   *
   * @throws RefusedException if it cannot
   */
  Prepared prepare(F fault, Target target) throws IOException, InterruptedException;

  /**
   * Reads what healing will need. It is durable before {@link #inject} begins.
   *
   * @param spec the injection, for what carries its id
   */
  U capture(F fault, Target target, InjectionSpec spec) throws IOException;

  /**
   * Changes the target, and returns when the whole effect is seen.
   *
   * @param undo what was captured
   * @param log takes a new undo record, before the change that it describes
   * @throws IOException if the effect is not complete within the mechanism's bound
   */
  void inject(F fault, Target target, U undo, UndoLog<U> log)
      throws IOException, InterruptedException;

  /** Looks at the target itself. */
  Inspection inspect(F fault, Target target, U undo) throws IOException, InterruptedException;

  /**
   * Takes the effect away; only what the undo record names. Idempotent, also after an inject that
   * was cut off anywhere.
   *
   * @param log takes a new undo record, for a later attempt. If it cannot be written, healing goes
   *     on
   */
  void heal(F fault, Target target, U undo, UndoLog<U> log)
      throws IOException, InterruptedException;

  /**
   * The same for a target that is fenced: whatever this leaves behind must not accept writes.
   * {@link FencedTarget} does that for services.
   */
  void healFenced(F fault, Target target, U undo) throws IOException, InterruptedException;

  /** Where an injector writes down what it is about to change, or has healed so far. */
  @FunctionalInterface
  interface UndoLog<U> {

    /** Durable when it returns. */
    void write(U undo) throws IOException;

    /**
     * The same for whoever heals, which goes on if the journal cannot take it.
     *
     * @param otherwise what may happen then, for the log
     */
    default void writeIfPossible(U undo, String otherwise) {
      try {
        write(undo);
      } catch (IOException unwritable) {
        LoggerFactory.getLogger(UndoLog.class).warn("not noted: {}", otherwise, unwritable);
      }
    }
  }
}
