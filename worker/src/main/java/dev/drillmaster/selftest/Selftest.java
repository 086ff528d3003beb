package dev.drillmaster.selftest;

import dev.drillmaster.home.Home;
import dev.drillmaster.injector.RefusedException;
import dev.drillmaster.journal.HostJournal;
import dev.drillmaster.journal.OpenInjection;
import dev.drillmaster.lab.Lab;
import dev.drillmaster.program.DrillProgram;
import dev.drillmaster.system.Pair;
import dev.drillmaster.system.SystemDefinition;
import dev.drillmaster.system.Systems;
import dev.drillmaster.target.TargetKinds;
import dev.drillmaster.target.Targets;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Tests the instrument on the lab: situations whose right figures are known beforehand are brought
 * about for real, and what is measured is compared with them. Nothing is injected.
 */
public final class Selftest {

  private final DrillProgram program;
  private final Home home;
  private final long seed;

  /**
   * For the lab of this home.
   *
   * @param program that runs the drills, with the lock of the home
   * @param seed chooses what is deleted and left out
   */
  public Selftest(DrillProgram program, Home home, long seed) {
    this.program = program;
    this.home = home;
    this.seed = seed;
  }

  /**
   * To be called before anything is started.
   *
   * @throws RefusedException if a fault on the lab is not healed: what is measured then is not ours
   */
  public static void refuseOpenInjections(Home home) throws IOException {
    List<OpenInjection> open = new Lab(home).openInjections();
    if (!open.isEmpty()) {
      throw new RefusedException(
          "injection "
              + open.get(0).id()
              + " on the lab is not healed: run \"drillmaster heal\" first");
    }
  }

  /**
   * Makes all checks; takes about a minute.
   *
   * @param made is told each as soon as it is made
   * @throws IOException if the lab did not allow to make one, saying what to do
   */
  public SelftestReport run(Consumer<Check> made)
      throws IOException, SQLException, InterruptedException {
    Bench bench = bench();
    List<Check> checks = new ArrayList<>();
    Consumer<Check> note =
        check -> {
          checks.add(check);
          made.accept(check);
        };
    NoFault.checks(bench).forEach(note);
    DeletedRows.checks(bench).forEach(note);
    note.accept(JumpingClock.check(bench, JumpingClock.directories(System.getenv())));
    note.accept(LostLoad.killed(bench));
    note.accept(LostLoad.full(bench));
    return new SelftestReport(seed, checks);
  }

  private Bench bench() throws IOException {
    SystemDefinition system =
        new Systems(home.systems())
            .find(Lab.SYSTEM)
            .orElseThrow(() -> new IOException("there is no lab: run \"drillmaster lab up\""));
    Targets targets = new Targets(home.targets(), TargetKinds.ALL);
    Pair pair = new Pair(new HostJournal(home.journal()), targets, system);
    return new Bench(program, pair, new Random(seed));
  }
}
