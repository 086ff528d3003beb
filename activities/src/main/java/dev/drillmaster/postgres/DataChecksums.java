package dev.drillmaster.postgres;

/** Whether pages carry a checksum, by which damage on disk is noticed; fixed for ever by initdb. */
public enum DataChecksums {
  ON,
  OFF
}
