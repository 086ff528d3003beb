package dev.drillmaster.drill;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.steadystate.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One step of a drill. What it does is done by the runner of its record on the host; here stands
 * only what a plan says. Every step has built-in criteria (its Javadoc names them) and those that
 * the plan adds in {@code verify}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
public sealed interface Step
    permits AwaitStep,
        DetectStep,
        ExperimentStep,
        FailBackStep,
        FenceStep,
        InjectStep,
        PromoteStep,
        ReconcileStep,
        RedirectStep,
        RejoinStep,
        StartLoadStep,
        SteadyStateStep,
        StopLoadStep,
        SynchronousReplicationStep,
        WatchStep {

  /** What people call it; the kind if the plan gives no name. */
  String name();

  /** After this long the step has failed; for inject: the longest that the fault is held. */
  Duration limit();

  /** The plan's own criteria, asked when the step is done. */
  List<Probe> verify();

  /** What puts right whatever this step leaves behind; registered before the step runs. */
  default Optional<Compensation> compensation() {
    return Optional.empty();
  }

  /** The steps that are part of this one; their places begin with its own. */
  default List<Step> during() {
    return List.of();
  }

  /** Whether it changes the plan's system, and does not only look at it or act elsewhere. */
  default boolean changesTheSystem() {
    return true;
  }

  /** The stable name of the kind, as plans write it. */
  default String kind() {
    return getClass().getAnnotation(JsonTypeName.class).value();
  }

  /** What the step will do, for people: printed before the run. */
  String does(Roles roles);
}
