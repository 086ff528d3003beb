package dev.drillmaster.postgres;

import static dev.drillmaster.postgres.ServerRoom.BOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drillmaster.postgres.PostgresFailure.Kind;
import dev.drillmaster.process.ProcessId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("lab")
class ServerAccountTest {

  private final Path directory;

  ServerAccountTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void theServerDoesNotTakeItselfForRootAndFilesStayOurs() throws Exception {
    ServerAccount account = ServerAccount.current();
    assertThat(account.works()).isTrue();
    assertThat(account).isSameAs(ServerAccount.current());
  }

  @Test
  void aServerOfAnotherUserIsInitialisedCopiedAndFollowed() throws Exception {
    assumeTrue(isRoot(), "needs root: only root can start servers as another user");
    ServerAccount nobody = ServerAccount.user("nobody");
    assumeTrue(nobody.works(), "needs setpriv (util-linux)");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path bin = PostgresBinaries.install(directory.resolve("programs"));
    Passwords passwords = new Passwords(directory.resolve("passwords"));
    PostgresServer primary = new PostgresServer(bin, directory.resolve("a"), passwords, nobody);
    PostgresServer standby = new PostgresServer(bin, directory.resolve("b"), passwords, nobody);
    try {
      primary.initialise(ServerRoom.settings("a").with("fsync", "off"), DataChecksums.ON);
      ProcessId postmaster = primary.start(BOUND);
      primary.awaitReady(BOUND);
      assertThat(Files.getOwner(Path.of("/proc/" + postmaster.pid())).getName())
          .isEqualTo("nobody");
      new Replication(standby).createStandby(primary, ServerRoom.settings("b"));
      standby.start(BOUND);
      new Replication(standby).awaitStreaming(primary, BOUND);
      primary.sealAsStandby();
      primary.kill(BOUND);
      primary.start(BOUND);
      assertThat(primary.awaitReady(BOUND).inRecovery()).isTrue();
    } finally {
      standby.kill(BOUND);
      primary.kill(BOUND);
    }
  }

  @Test
  void aHomeThatTheOtherUserMayNotEnterIsRefused() throws Exception {
    assumeTrue(isRoot(), "needs root: only root can start servers as another user");
    ServerAccount nobody = ServerAccount.user("nobody");
    assumeTrue(nobody.works(), "needs setpriv (util-linux)");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    PostgresServer server =
        new PostgresServer(
            ServerRoom.programs(),
            directory.resolve("a"),
            new Passwords(directory.resolve("passwords")),
            nobody);
    assertThatThrownBy(() -> server.initialise(ServerRoom.settings("a"), DataChecksums.ON))
        .hasMessageContaining("may not enter")
        .asInstanceOf(type(PostgresFailure.class))
        .returns(Kind.NO_ACCOUNT, PostgresFailure::kind);
  }

  private static boolean isRoot() throws Exception {
    return Files.getOwner(Path.of("/proc/self")).getName().equals("root");
  }
}
