package dev.drillmaster.target;

/** Whether a node accepts writes: "could not look" is neither yes nor no. */
public enum Writable {
  YES,
  NO,
  UNKNOWN
}
