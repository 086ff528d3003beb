package dev.drillmaster.injector;

/** Which standby was, or was about to be, paused; it was not before. */
record ReplayPauseUndo(ServerPlace place) {}
