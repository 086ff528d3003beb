package dev.drillmaster.cli;

import dev.drillmaster.home.Home;
import dev.drillmaster.measure.LoadControl;
import dev.drillmaster.measure.LoadStatus;
import dev.drillmaster.system.SystemDefinition;
import dev.drillmaster.system.Systems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How the load of one run goes, asked at its control port: only on the host where it runs.
 *
 * @param directory of the load; null if this host knows none for the system
 */
record Traffic(@Nullable Path directory) {

  /** The load of a run on a system. */
  static Traffic of(Home home, String system, UUID run) {
    try {
      Optional<SystemDefinition> found = new Systems(home.systems()).find(system);
      return new Traffic(
          found.map(known -> known.load().directory().resolve(run.toString())).orElse(null));
    } catch (IOException unreadable) {
      return new Traffic(null);
    }
  }

  /** Null if there is no load, or it does not answer. */
  @Nullable LoadStatus look() {
    if (directory == null) {
      return null;
    }
    try {
      return LoadControl.in(directory).status();
    } catch (IOException | RuntimeException noneYetOrNoMore) {
      return null;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
