package dev.drillmaster.schema.migration;

/** A role of the ledger database that a program or a person logs in as. The owner is none. */
public enum LedgerRole {
  /** Adds audit rows and changes the state that they describe; can remove nothing. */
  WRITER("drillmaster_writer"),
  /** Reads the views of schema {@code compliance} and nothing else. */
  READER("drillmaster_reader");

  private final String roleName;

  LedgerRole(String roleName) {
    this.roleName = roleName;
  }

  /** The role's name in PostgreSQL. */
  public String roleName() {
    return roleName;
  }
}
