package dev.drillmaster.program;

import dev.drillmaster.home.Home;
import dev.drillmaster.injector.Host;
import dev.drillmaster.injector.HostInjections;
import dev.drillmaster.injector.Injectors;
import dev.drillmaster.journal.HostJournal;
import dev.drillmaster.lab.Lab;
import dev.drillmaster.lab.load.LoadProcess;
import dev.drillmaster.measure.LoadControl;
import dev.drillmaster.step.HostSteps;
import dev.drillmaster.step.LoadMarks;
import dev.drillmaster.system.Systems;
import dev.drillmaster.target.TargetKinds;
import dev.drillmaster.target.Targets;
import dev.drillmaster.watchdog.WatchdogExpiry;
import java.util.List;

/**
 * The host that the lab runs on: this machine, with its journal, targets and systems in a home.
 *
 * @param journal what was done here and must still be healed
 * @param injections the boundary for faults
 * @param steps the boundary for steps and compensations
 */
public record LabHost(HostJournal journal, HostInjections injections, HostSteps steps) {

  /** The host's name, and the lab's as a system: the queues are named after it. */
  public static final String NAME = Lab.SYSTEM;

  /** The host of a home. */
  public static LabHost of(Home home) {
    HostJournal journal = new HostJournal(home.journal());
    Targets targets = new Targets(home.targets(), TargetKinds.ALL);
    Systems systems = new Systems(home.systems());
    Host host =
        new Host(
            journal,
            targets,
            Injectors.all(),
            new WatchdogExpiry(journal, targets),
            List.of(new LoadMarks(systems)));
    return new LabHost(
        journal,
        new HostInjections(host),
        new HostSteps(
            journal,
            targets,
            systems,
            settings -> LoadControl.launch(LoadProcess.class, settings)));
  }
}
