package dev.drillmaster.injector;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the processes of the injection work, or were about to. Their pids are not noted: whoever
 * heals finds those that are there, whether they had been noted or not.
 *
 * @param directory see {@link OwnDirectory}
 * @param longest the latest end of the injection
 */
record StressUndo(Path directory, Duration longest) {}
