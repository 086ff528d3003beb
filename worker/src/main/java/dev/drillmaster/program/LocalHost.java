package dev.drillmaster.program;

import dev.drillmaster.agent.AgentIdentity;
import dev.drillmaster.home.Home;
import dev.drillmaster.injection.HealAllReport;
import dev.drillmaster.injector.Host;
import dev.drillmaster.injector.HostInjections;
import dev.drillmaster.injector.Injectors;
import dev.drillmaster.journal.HostJournal;
import dev.drillmaster.lab.load.LoadProcess;
import dev.drillmaster.measure.LoadControl;
import dev.drillmaster.policy.Policy;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.step.HostSteps;
import dev.drillmaster.step.LoadMarks;
import dev.drillmaster.system.Systems;
import dev.drillmaster.target.TargetKinds;
import dev.drillmaster.target.Targets;
import dev.drillmaster.watchdog.WatchdogExpiry;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * This machine as a host that is acted on, with its journal, targets and systems in a home.
 *
 * @param name the host's name: the queues are named after it
 * @param policy what may be done here
 * @param journal what was done here and must still be healed
 * @param targets what can be acted on
 * @param injections the boundary for faults
 * @param steps the boundary for steps and compensations
 */
public record LocalHost(
    String name,
    Policy policy,
    HostJournal journal,
    Targets targets,
    HostInjections injections,
    HostSteps steps) {

  /** The host of a home. */
  static LocalHost of(Home home, String name, Policy policy) {
    HostJournal journal = new HostJournal(home.journal());
    Targets targets = new Targets(home.targets(), TargetKinds.ALL);
    Systems systems = new Systems(home.systems());
    Host host =
        new Host(
            journal,
            targets,
            Injectors.all(),
            new WatchdogExpiry(journal, targets),
            policy,
            List.of(new LoadMarks(systems)));
    HostSteps steps =
        new HostSteps(
            journal,
            targets,
            systems,
            settings -> LoadControl.launch(LoadProcess.class, settings),
            policy);
    return new LocalHost(name, policy, journal, targets, new HostInjections(host), steps);
  }

  /**
   * Heals all that its journal holds open, as its agent. What cannot be healed now is told, and
   * keeps nothing else from it.
   *
   * @return whether nothing is open any more
   */
  boolean healAll(Consumer<String> progress) {
    try {
      HealAllReport report = injections.healAll("agent");
      report
          .healed()
          .forEach((id, heal) -> progress.accept("healed: " + heal.inspection().detail()));
      report
          .failed()
          .forEach(
              (id, why) -> progress.accept("NOT healed, to be tried again: " + id + ": " + why));
      return report.failed().isEmpty();
    } catch (IOException unreadable) {
      progress.accept("the journal cannot be read, and nothing is injected: " + unreadable);
      return false;
    }
  }

  /** Who acts for the host in this process. */
  AgentIdentity identity() {
    return new AgentIdentity(
        name, ProcessId.self().toString(), journal.homeId(), journal.format(), policy.digest());
  }
}
