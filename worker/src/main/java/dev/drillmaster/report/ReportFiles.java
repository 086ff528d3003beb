package dev.drillmaster.report;

import dev.drillmaster.ledger.ClosedRun;
import dev.drillmaster.ledger.ClosedRuns;
import dev.drillmaster.ledger.RunFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reports as files in one directory.
 *
 * @param directory made if it does not exist
 * @param zone for the instants that are shown
 */
public record ReportFiles(Path directory, ZoneId zone) {

  /** Whoever starts a run through Temporal's UI names it as they like. */
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,150}");

  private static final String INDEX = "index";
  private static final String ENDING = ".html";

  /**
   * Where the report of a run is, or would be: a file named as the run, or by its id if the name is
   * not fit for a file.
   */
  public Path of(String run, UUID runId) {
    boolean fit = FILE_NAME.matcher(run).matches() && !run.equals(INDEX);
    return directory.resolve((fit ? run : "run-" + runId) + ENDING);
  }

  /** Writes the report of one run to the place where it belongs. */
  public Path write(ClosedRun run) throws IOException {
    Path file = of(run.run(), run.runId());
    write(file, RunPage.of(run, zone));
    return file;
  }

  /**
   * Writes the index page, and the report of each run that has none yet or ended later than it was
   * written.
   *
   * @return the index page
   */
  public Path writeAll(ClosedRuns ledger) throws IOException {
    List<RunFigures> runs = ledger.figures();
    Map<UUID, String> files = new HashMap<>();
    Set<String> names = new HashSet<>();
    for (RunFigures run : runs) {
      if (run.endedAt() != null) {
        // Of several runs of one name the newest has the name, as on the command line.
        Path file = names.add(run.run()) ? of(run.run(), run.runId()) : of("", run.runId());
        writeIfMissing(file, run.endedAt(), ledger, run.runId());
        files.put(run.runId(), String.valueOf(file.getFileName()));
      }
    }
    Path index = directory.resolve(INDEX + ENDING);
    write(index, IndexPage.of(runs, files, Instant.now(), zone));
    return index;
  }

  private void writeIfMissing(Path file, Instant endedAt, ClosedRuns ledger, UUID runId)
      throws IOException {
    if (Files.exists(file) && Files.getLastModifiedTime(file).toInstant().isAfter(endedAt)) {
      return;
    }
    @Nullable ClosedRun run = ledger.of(runId).orElse(null);
    if (run != null) {
      write(file, RunPage.of(run, zone));
    }
  }

  /** Whole or not at all: somebody may be reading the one that is there. */
  public static void write(Path file, String page) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path fresh = Files.createTempFile(directory, ".report", ENDING);
    try {
      Files.writeString(fresh, page);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
