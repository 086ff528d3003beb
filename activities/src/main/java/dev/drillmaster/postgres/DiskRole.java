package dev.drillmaster.postgres;

/** As what a data directory starts, whoever starts it. */
public enum DiskRole {
  /** As a primary. */
  PRIMARY,
  /** As a standby that follows the server it was told. */
  STANDBY,
  /** Read-only and following nobody; it was a primary when it was sealed. */
  SEALED_PRIMARY,
  /** Read-only and following nobody; it was a standby when it was sealed. */
  SEALED_STANDBY
}
