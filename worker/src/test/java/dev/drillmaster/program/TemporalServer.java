package dev.drillmaster.program;

/** A real Temporal server, started by a test and ended at its end. */
interface TemporalServer {

  /** Where clients find it, as {@code HOST:PORT}. */
  String address();

  /** Ends it, at once. */
  void stop() throws Exception;
}
