package dev.drillmaster.injector;

import dev.drillmaster.target.PostgresTarget;

/** Which standby was, or was about to be, paused; it was not before. */
record ReplayPauseUndo(PostgresTarget.Definition server) {}
