package dev.drillmaster.postgres;

import dev.drillmaster.postgres.PostgresFailure.Kind;
import dev.drillmaster.process.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes a new data directory by initdb, beside its final place, so that it appears whole. */
record Initialisation(PostgresServer server) {

  private static final long NEEDED_BYTES = 256L << 20;
  private static final long BOUND_SECONDS = 120;

  // Over TCP only, since there is no socket. The role "all" does not include replication.
  private static final String HBA =
      """
      # TYPE  DATABASE     USER        ADDRESS       METHOD
      host    all          all         127.0.0.1/32  scram-sha-256
      host    replication  replicator  127.0.0.1/32  scram-sha-256
      """;

  void run(PostgresSettings settings, DataChecksums checksums)
      throws IOException, InterruptedException {
    if (Files.exists(server.data())) {
      throw new PostgresFailure(
          Kind.WRONG_STATE, server.data() + " exists: start it, or use another home");
    }
    Path fresh = server.home().resolve("data.initialising");
    Path passwordFile = server.home().resolve("initdb.password");
    server.prepareHome();
    DiskSpace.require(server.home(), NEEDED_BYTES, "a new database");
    FileTree.delete(fresh);
    server.passwords().create(Passwords.SUPERUSER);
    try {
      Files.deleteIfExists(passwordFile);
      DurableFiles.writeFresh(passwordFile, server.passwords().read(Passwords.SUPERUSER) + "\n");
      initdb(fresh, passwordFile, settings.durable(), checksums);
    } finally {
      DurableFiles.delete(passwordFile);
    }
    configure(fresh);
    settings.write(server.home());
    DurableFiles.rename(fresh, server.data());
  }

  private static void configure(Path data) throws IOException {
    DurableFiles.write(data.resolve("pg_hba.conf"), HBA);
    Files.writeString(
        data.resolve("postgresql.conf"),
        "\ninclude = '" + PostgresSettings.INCLUDE + "'\n",
        StandardOpenOption.APPEND);
  }

  private void initdb(Path data, Path passwordFile, boolean durable, DataChecksums checksums)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                server.bin().resolve("initdb").toString(),
                "--pgdata=" + data.toAbsolutePath(),
                "--username=" + Passwords.SUPERUSER,
                "--pwfile=" + passwordFile.toAbsolutePath(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-instructions",
                checksums == DataChecksums.ON ? "--data-checksums" : "--no-data-checksums"));
    if (!durable) {
      command.add("--no-sync");
    }
    server.runToEnd("initdb", command, BOUND_SECONDS, TimeUnit.SECONDS);
  }
}
