package dev.drillmaster.guard;

import dev.drillmaster.audit.OneTry;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Where a workflow asks to be admitted and, if it may, waits for it: it asks again by timers of the
 * server, which let signals through. A guard that does not answer is asked again for as long as the
 * run waits, and for ten seconds at least, so that the restart of a database refuses nobody; then
 * it refuses.
 */
public final class Gate {

  /** Longer than this no run waits: each time that it asks takes room in its history. */
  public static final Duration LONGEST_WAIT = Duration.ofHours(24);

  private static final Duration ATTEMPT = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** A pause is this part of the time that was waited so far. */
  private static final int PART = 30;

  private final AdmissionRequest request;
  private final Consumer<Refusal> waiting;
  private final Instant began = now();
  private final GuardActivities guard =
      OneTry.of(GuardActivities.class, ATTEMPT, "ask whether it may run");

  /**
   * A gate for one run.
   *
   * @param request what it wants
   * @param waiting is told what stands in the way, each time that this has changed
   */
  public Gate(AdmissionRequest request, Consumer<Refusal> waiting) {
    this.request = request;
    this.waiting = waiting;
  }

  /**
   * Returns when the run is admitted or refused; never with {@link Admission.Decision#WAITING}.
   *
   * @throws CanceledFailure if the workflow is told to stop while it waits
   */
  public Admission pass() {
    Admission answer = ask();
    Refusal told = null;
    while (answer.decision() == Admission.Decision.WAITING) {
      Refusal why = answer.obstacle();
      if (!why.equals(told)) {
        waiting.accept(why);
        told = why;
      }
      pause(why);
      answer = ask();
    }
    return answer;
  }

  private Admission ask() {
    try {
      return guard.admit(request);
    } catch (ActivityFailure failure) {
      if (failure.getCause() instanceof CanceledFailure) {
        throw failure;
      }
      Refusal silent = Refusal.noAnswer(reason(failure));
      return now().isAfter(began.plus(patience()))
          ? Admission.refused(silent)
          : Admission.waiting(silent);
    }
  }

  private Duration patience() {
    return request.maxWait().compareTo(PATIENCE) > 0 ? request.maxWait() : PATIENCE;
  }

  private void pause(Refusal why) {
    Duration part = Duration.between(began, now()).dividedBy(PART);
    Duration pause = part.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : part;
    TimerOptions summary =
        TimerOptions.newBuilder().setSummary("wait to be admitted: " + why.sentence()).build();
    Workflow.newTimer(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause, summary).get();
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  private static String reason(ActivityFailure failure) {
    return failure.getCause() instanceof ApplicationFailure said
        ? said.getOriginalMessage()
        : "the ledger does not answer";
  }
}
