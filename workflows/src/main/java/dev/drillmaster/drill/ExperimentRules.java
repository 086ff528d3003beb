package dev.drillmaster.drill;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** What makes an experiment one that may run, beyond what its steps must be anyway. */
final class ExperimentRules {

  private final ExperimentStep experiment;

  /** Is told a field of the experiment and what would be right. */
  private final BiConsumer<String, String> problems;

  ExperimentRules(ExperimentStep experiment, BiConsumer<String, String> problems) {
    this.experiment = experiment;
    this.problems = problems;
  }

  void check() {
    require(
        experiment.verify().isEmpty(),
        "verify",
        "verify is not asked of an experiment; name it in steadyState");
    require(
        !experiment.steadyState().isEmpty(), "steadyState", "steadyState must name at least one");
    require(!experiment.faults().isEmpty(), "faults", "faults must name at least one");
    require(
        !experiment.hold().isZero() || experiment.stopWhen().isEmpty(),
        "stopWhen",
        "stopWhen is only asked while faults are held: say how long in hold");
    require(
        !experiment.hold().isZero() || allBeginAtOnce(),
        "hold",
        "a fault that begins later needs a hold, which ends it");
    require(
        allBeginAtOnce() || anyBeginsAtOnce(),
        "faults",
        "one fault must begin at once: the hold is counted from when it is in force");
    Set<String> before = new HashSet<>();
    for (int index = 0; index < experiment.faults().size(); index++) {
      fault(experiment.faults().get(index), "faults[" + (index + 1) + "]", before);
    }
    budget();
  }

  private boolean allBeginAtOnce() {
    return experiment.faults().stream().allMatch(fault -> fault.begin().atOnce());
  }

  private boolean anyBeginsAtOnce() {
    return experiment.faults().stream().anyMatch(fault -> fault.begin().atOnce());
  }

  private void fault(ExperimentFault fault, String place, Set<String> before) {
    boolean oneTarget = fault.target() != null && fault.anyOf().isEmpty();
    boolean choice = fault.target() == null && !fault.anyOf().isEmpty();
    require(oneTarget || choice, place, fault.name() + " needs either target or anyOf");
    String after = fault.begin().after();
    require(
        after == null || before.contains(after),
        place + ".begin.after",
        fault.name() + " begins after \"" + after + "\", which must be the name of a fault above");
    require(
        before.add(fault.name()),
        place + ".name",
        "two faults are called " + fault.name() + ": give each a name");
    require(
        fault.begin().delay().compareTo(experiment.hold()) <= 0,
        place + ".begin.delay",
        fault.name() + " would begin when the hold is over");
    require(
        fault.lasts() == null
            || (!fault.lasts().isZero() && fault.lasts().compareTo(experiment.hold()) <= 0),
        place + ".lasts",
        fault.name() + " must last more than 0 and at most for the hold");
  }

  /** Of all faults together, however they follow. */
  private void budget() {
    Integer most = experiment.maxTargets();
    long targets =
        experiment.faults().stream()
            .map(fault -> List.of(String.valueOf(fault.host()), fault.targets()))
            .distinct()
            .count();
    require(
        most == null || targets <= most,
        "maxTargets",
        "the faults hit " + targets + " targets, maxTargets is " + most);
  }

  private void require(boolean met, String field, String what) {
    if (!met) {
      problems.accept(field, what);
    }
  }
}
