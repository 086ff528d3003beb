package dev.drillmaster.injector;

import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.journal.HostJournal;
import dev.drillmaster.policy.Policy;
import dev.drillmaster.target.TargetKinds;
import dev.drillmaster.target.Targets;
import dev.drillmaster.watchdog.WatchdogExpiry;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What tests let another process do. Arguments: action, journal, targets, injection as JSON. */
public final class OtherProcess {

  private OtherProcess() {}

  /** Until it is killed, or whoever started it is gone. */
  private static void awaitEnd() throws IOException {
    while (System.in.read() >= 0) {
      // Nobody tells it anything.
    }
  }

  public static void main(String[] arguments) throws Exception {
    // Log lines on standard output would mix with what the test reads.
    System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
    HostJournal journal = new HostJournal(Path.of(arguments[1]));
    Targets targets = new Targets(Path.of(arguments[2]), TargetKinds.ALL);
    InjectionSpec spec = Wire.json().readValue(arguments[3], InjectionSpec.class);
    List<InjectionListener> listeners =
        arguments[0].equals("halt") ? List.of(new Halt()) : List.of();
    HostInjections injections =
        new HostInjections(
            new Host(
                journal,
                targets,
                Injectors.all(),
                new WatchdogExpiry(journal, targets),
                Policy.EVERYTHING,
                listeners));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    switch (arguments[0]) {
      case "hold" -> {
        injections.inject(spec, () -> {});
        out.println("held");
        out.println(Wire.json().writeValueAsString(injections.hold(spec, () -> {})));
      }
      case "heal" -> {
        out.println("ready");
        int go = System.in.read();
        out.println(go < 0 ? "" : Wire.json().writeValueAsString(injections.heal(spec, "other")));
      }
      case "lock" -> {
        journal.lock(spec.id(), Duration.ofSeconds(5));
        journal.lockTarget(spec.target(), Duration.ofSeconds(5));
        out.println("locked");
        awaitEnd();
      }
      case "lock-system" -> {
        journal.lockSystem(spec.host(), Duration.ofSeconds(5));
        out.println("locked");
        awaitEnd();
      }
      case "inject", "halt" -> {
        try {
          injections.inject(spec, () -> {});
          out.println("injected");
        } catch (RefusedException refused) {
          out.println("refused: " + refused.getMessage());
        }
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /** Dies between intend and inject, as with SIGKILL: nothing of it is cleaned up. */
  private static final class Halt implements InjectionListener {
    @Override
    public void beforeInject(InjectionSpec spec) {
      Runtime.getRuntime().halt(9);
    }
  }
}
