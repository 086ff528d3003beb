package dev.drillmaster.lab;

import dev.drillmaster.control.ControlAddress;
import dev.drillmaster.control.ControlToken;
import dev.drillmaster.control.PrivateFile;
import dev.drillmaster.drillproxy.DrillProxy;
import dev.drillmaster.drillproxy.DrillProxy.RouteSettings;
import dev.drillmaster.lab.service.LedgerService;
import dev.drillmaster.lab.service.ServiceSettings;
import dev.drillmaster.lab.service.ServiceSettings.Strength;
import dev.drillmaster.measure.TransferTable;
import dev.drillmaster.process.DetachedProcess;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.Signal;
import dev.drillmaster.proxy.ProxyControl;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Programs of the lab that a test has started; all are killed at its end. */
final class StartedProcesses implements AutoCloseable {

  private static final Duration READY_WITHIN = Duration.ofSeconds(20);

  private final Path directory;
  private final List<ProcessId> started = new ArrayList<>();
  private final List<EmbeddedPostgres> databases = new ArrayList<>();

  StartedProcesses(Path directory) {
    this.directory = directory;
  }

  ProxyControl proxy(RouteSettings... routes) throws IOException, InterruptedException {
    Path home = Files.createDirectories(directory.resolve("proxy"));
    ControlToken.create(home.resolve(ProxyControl.TOKEN_FILE));
    start(
        DrillProxy.class,
        new DrillProxy.Settings(home, 0, List.of(routes)).arguments(),
        home.resolve(ProxyControl.ADDRESS_FILE));
    return ProxyControl.in(home);
  }

  ControlAddress service(String name, Strength strength, int databasePort)
      throws IOException, InterruptedException {
    Path password = directory.resolve("database.password");
    PrivateFile.write(password, "not checked by this database\n");
    Path address = directory.resolve(name + ".address");
    ServiceSettings settings =
        new ServiceSettings(
            name, strength, databasePort, "postgres", "postgres", password, 0, 0, address);
    return start(LedgerService.class, settings.arguments(), address);
  }

  private ControlAddress start(Class<?> main, List<String> arguments, Path address)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Path log = directory.resolve(address.getFileName() + ".log");
    Process process =
        DetachedProcess.start(DetachedProcess.java(main, 64, arguments), Map.of(), directory, log);
    ProcessId.of(process.pid()).ifPresent(started::add);
    ControlAddress ready = ControlAddress.await(address, process, log, READY_WITHIN);
    report(main.getSimpleName() + " ready after %d ms", (System.nanoTime() - begin) / 1_000_000);
    return ready;
  }

  void add(ProcessId process) {
    started.add(process);
  }

  EmbeddedPostgres database() throws IOException, SQLException {
    EmbeddedPostgres database = EmbeddedPostgres.start();
    databases.add(database);
    try (Connection connection = database.getPostgresDatabase().getConnection()) {
      TransferTable.create(connection);
    }
    return database;
  }

  /** Figures for people, beside the test's result. */
  @SuppressWarnings("SystemOut")
  static void report(String format, Object... values) {
    System.out.printf("lab: " + format + "%n", values);
  }

  @Override
  public void close() throws IOException {
    Signal.KILL.send(started);
    for (EmbeddedPostgres database : databases) {
      database.close();
    }
  }
}
