package dev.drillmaster.schema.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/** What PostgreSQL answers when it refuses something, by its stable codes. */
enum Refused {
  NO_RIGHT("42501"),
  APPEND_ONLY("23001"),
  NOT_AUDITED("23001"),
  FOREIGN_KEY("23503"),
  CHECK("23514");

  private final String sqlState;

  Refused(String sqlState) {
    this.sqlState = sqlState;
  }

  void when(PGSimpleDataSource dataSource, String... statements) {
    assertThatThrownBy(() -> LedgerServer.execute(dataSource, statements))
        .as(String.join("; ", statements))
        .isInstanceOfSatisfying(SQLException.class, this::by);
  }

  void by(SQLException refusal) {
    assertThat(refusal.getSQLState()).as(refusal.getMessage()).isEqualTo(sqlState);
  }
}
