package dev.drillmaster.schema.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("lab")
@ExtendWith(LedgerServer.Extension.class)
class LoginTest {

  private final LedgerServer server;

  LoginTest(LedgerServer server) {
    this.server = server;
  }

  @ParameterizedTest
  @EnumSource
  void a_role_logs_in_with_its_password_and_with_no_other(LedgerRole role) throws SQLException {
    assertThat(LedgerServer.ask(server.as(role), "SELECT current_user")).isEqualTo(role.roleName());

    assertThatThrownBy(
            () ->
                LedgerServer.ask(
                    server.dataSource(server.shared(), role.roleName(), "guess"), "SELECT 1"))
        .hasMessageContaining("password authentication failed");
  }

  /** The server keeps what it was sent, so a clear password here would be one in its log too. */
  @ParameterizedTest
  @EnumSource
  void the_server_is_never_sent_the_password_itself(LedgerRole role) throws SQLException {
    // With md5 the server would hash a clear password its own way.
    LedgerServer.execute(
        server.superuser("postgres"), "ALTER SYSTEM SET password_encryption = 'md5'", RELOAD);
    try {
      char[] password = LedgerServer.PASSWORD.toCharArray();
      LedgerSchema.grantLogin(server.superuser(server.shared()), role, password);

      assertThat(password).containsExactly(LedgerServer.PASSWORD.toCharArray());
      assertThat(
              LedgerServer.ask(
                  server.superuser(server.shared()),
                  "SELECT rolpassword FROM pg_authid WHERE rolname = '" + role.roleName() + "'"))
          .startsWith("SCRAM-SHA-256$");
    } finally {
      LedgerServer.execute(
          server.superuser("postgres"), "ALTER SYSTEM RESET password_encryption", RELOAD);
    }
  }

  private static final String RELOAD = "SELECT pg_reload_conf()";

  @Test
  void whoever_may_not_alter_roles_is_told_what_is_needed() {
    assertThatThrownBy(
            () ->
                LedgerSchema.grantLogin(
                    server.as(LedgerRole.READER), LedgerRole.WRITER, "secret".toCharArray()))
        .isInstanceOf(LedgerSchemaException.class)
        .hasMessageContaining("as a user who may alter roles")
        .hasMessageNotContaining("secret");
  }
}
