package dev.drillmaster.lab;

import dev.drillmaster.control.ControlToken;
import dev.drillmaster.control.PrivateFile;
import dev.drillmaster.home.Home;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.journal.HostJournal;
import dev.drillmaster.journal.HostLock;
import dev.drillmaster.journal.OpenInjection;
import dev.drillmaster.postgres.DiskRole;
import dev.drillmaster.postgres.PostgresBinaries;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.process.Poll;
import dev.drillmaster.proxy.ProxyControl;
import dev.drillmaster.system.Pair;
import dev.drillmaster.system.Systems;
import dev.drillmaster.target.CommandDefinition;
import dev.drillmaster.target.PostgresTarget;
import dev.drillmaster.target.ServiceTarget;
import dev.drillmaster.target.Target;
import dev.drillmaster.target.TargetKinds;
import dev.drillmaster.target.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The lab of one home: a PostgreSQL primary {@code db1} with its streaming standby {@code db2}, the
 * drill proxy, and the ledger service in two instances, each a process of its own. They outlive
 * whoever started them and are found again by the directories in which they work, so that nothing
 * is remembered between calls. Any number of programs may call at once: they take turns.
 */
public final class Lab {

  /** The name of the lab as a system, in plans. */
  public static final String SYSTEM = "lab";

  /** The part of the lab through which the traffic goes. */
  public static final String PROXY = LabFiles.PROXY;

  /** As long as the slowest of what another program may be doing with the lab. */
  private static final Duration TURN = Duration.ofMinutes(2);

  private static final Duration SETTLED = Duration.ofSeconds(60);
  private static final Duration HEALTHY = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(20);

  private final Home home;
  private final LabFiles files;
  private final HostJournal journal;
  private final Targets targets;
  private final Systems systems;

  /** The lab of that home, whether it is there or not. */
  public Lab(Home home) {
    this.home = home;
    this.files = new LabFiles(home.lab());
    this.journal = new HostJournal(home.journal());
    this.targets = new Targets(home.targets(), TargetKinds.ALL);
    this.systems = new Systems(home.systems());
  }

  /**
   * Makes what is not there, starts what is down, and returns when both services can write. What is
   * as it should be is left alone; what was interrupted is completed.
   *
   * @param progress is told what is done, a line at a time, from one thread at a time
   * @throws IOException if that was not reached, saying what a person must do; also if an injection
   *     on a part of the lab is open
   */
  @SuppressWarnings("try") // The lock is held, not used here.
  public LabStatus up(Consumer<String> progress)
      throws IOException, SQLException, InterruptedException {
    home.make();
    refuseOpenInjections();
    try (HostLock lock = journal.lockSystem(SYSTEM, TURN)) {
      refuseOpenInjections();
      return up(new Saying(progress));
    }
  }

  private LabStatus up(Saying say) throws IOException, SQLException, InterruptedException {
    if (!Files.isDirectory(home.binaries())) {
      say.accept("unpacking PostgreSQL");
    }
    Path bin = PostgresBinaries.install(home.binaries());
    LabPorts ports = LabPorts.keep(files, servers(bin), say);
    LabDefinitions definitions = new LabDefinitions(files, ports, bin);
    writeSecrets();
    String primary = primaryOnDisk(servers(bin));
    definitions.write(targets, systems, primary);
    LabProgram proxy =
        program(
            LabFiles.PROXY,
            definitions.proxy(primary),
            Stream.concat(Stream.of(LabFiles.PROXY), LabFiles.routes().stream())
                .map(ports::of)
                .toList());
    List<LabProgram> services = new ArrayList<>();
    for (String service : LabFiles.instances()) {
      services.add(program(service, definitions.service(service), List.of(ports.of(service))));
    }
    LabStatus before = status();
    if (before.up()
        && proxy.runsAsDefined()
        && services.stream().allMatch(LabProgram::runsAsDefined)) {
      return before;
    }
    start(new LabNodes(nodes(), ports, journal, say), proxy, services, say);
    settle(definitions, say);
    return awaitHealthy();
  }

  /** What does not depend on each other is started beside each other. */
  private void start(LabNodes nodes, LabProgram proxy, List<LabProgram> services, Saying say)
      throws IOException, SQLException, InterruptedException {
    try (Beside beside = new Beside()) {
      beside.begin(() -> proxy.up(journal, say));
      nodes.open();
      beside.await();
      services.forEach(service -> beside.begin(() -> service.up(journal, say)));
      nodes.follow();
      beside.await();
    }
  }

  private void settle(LabDefinitions definitions, Saying say)
      throws IOException, SQLException, InterruptedException {
    LabStatus seen = status();
    String primary = seen.primary().orElse("");
    if (!seen.paired()) {
      Pair.Settled settled = new Pair(journal, targets, definitions.system()).settle(SETTLED);
      say.accept(settled.detail());
      primary = settled.primary();
    }
    definitions.write(targets, systems, primary);
  }

  private LabStatus awaitHealthy() throws IOException, InterruptedException {
    LabStatus[] last = {status()};
    boolean up =
        Poll.until(
            HEALTHY,
            POLL,
            () -> {
              last[0] = last[0].up() ? last[0] : status();
              return last[0].up();
            });
    if (!up) {
      throw new IOException(
          "the lab is not up after %d s; what its programs say is in %s and %s%n%s"
              .formatted(
                  HEALTHY.toSeconds(),
                  files.log(LabFiles.SERVICES.get(0)),
                  files.log(LabFiles.SERVICES.get(1)),
                  last[0].text()));
    }
    return last[0];
  }

  /** Looks at all parts, for a few seconds at most. Changes nothing. */
  public LabStatus status() throws IOException, InterruptedException {
    return new LabLook(files, journal, servers(home.binaries())).status();
  }

  /**
   * Ends all processes of the lab, loads on it included, and keeps its data. The primary goes
   * before the standby, so that the standby has everything. What does not stop is killed.
   */
  @SuppressWarnings("try") // The lock is held, not used here.
  public void down() throws IOException, SQLException, InterruptedException {
    if (!Files.isDirectory(home.lab())) {
      return;
    }
    try (HostLock lock = journal.lockSystem(SYSTEM, TURN)) {
      new LabStop(files, servers(home.binaries())).run();
    }
  }

  /**
   * Injections on parts of the lab that are not healed yet: what heals them may start the part
   * again at any time.
   */
  public List<OpenInjection> openInjections() throws IOException {
    return journal.open().stream().filter(open -> concernsUs(open.spec())).toList();
  }

  /** One whose intent cannot be read may be on any target. */
  private static boolean concernsUs(@Nullable InjectionSpec spec) {
    return spec == null
        || LabFiles.NODES.contains(spec.target())
        || LabFiles.instances().contains(spec.target())
        || LabFiles.PROXY.equals(spec.target())
        || LabFiles.routes().contains(spec.target());
  }

  private void refuseOpenInjections() throws IOException {
    for (OpenInjection open : openInjections()) {
      InjectionSpec spec = open.spec();
      throw new IOException(
          "injection %s on %s is still open: run drillmaster heal, then drillmaster lab up again"
              .formatted(open.id(), spec == null ? "a target that is not known" : spec.target()));
    }
  }

  private void writeSecrets() throws IOException {
    Path token = files.home(LabFiles.PROXY).resolve(ProxyControl.TOKEN_FILE);
    if (!Files.exists(token)) {
      ControlToken.create(token);
    }
    files.passwords().create(LabFiles.ROLE);
    String password = files.passwords().read(LabFiles.ROLE);
    Path bare = files.servicePassword();
    if (!Files.exists(bare) || !PrivateFile.read(bare).equals(password)) {
      PrivateFile.write(bare, password + "\n");
    }
  }

  /** Where the proxy leads when it starts, before anybody could be asked. */
  private static String primaryOnDisk(Map<String, PostgresServer> servers) throws IOException {
    for (Map.Entry<String, PostgresServer> server : servers.entrySet()) {
      if (server.getValue().exists() && server.getValue().diskRole() == DiskRole.PRIMARY) {
        return server.getKey();
      }
    }
    return LabFiles.NODES.get(0);
  }

  /**
   * The servers as their homes describe them.
   *
   * @param bin is needed only by who starts one
   */
  private Map<String, PostgresServer> servers(Path bin) throws IOException {
    Map<String, PostgresServer> servers = new LinkedHashMap<>();
    for (String node : LabFiles.NODES) {
      servers.put(node, PostgresServer.of(bin, files.home(node), files.passwords()));
    }
    return servers;
  }

  private LabProgram program(String name, CommandDefinition definition, List<Integer> ports)
      throws IOException {
    return new LabProgram(definition, target(name), ports, files.address(name), files.log(name));
  }

  private List<PostgresTarget> nodes() throws IOException {
    List<PostgresTarget> nodes = new ArrayList<>();
    for (String node : LabFiles.NODES) {
      if (target(node) instanceof PostgresTarget postgres) {
        nodes.add(postgres);
      }
    }
    return nodes;
  }

  private ServiceTarget target(String name) throws IOException {
    Optional<Target> target = targets.find(name);
    return ServiceTarget.require(
        target.orElseThrow(
            () ->
                new IOException(
                    name + " was just defined and is gone from " + targets.directory())));
  }

  /** One line at a time, although several things are done beside each other. */
  private record Saying(Consumer<String> progress) implements Consumer<String> {
    @Override
    public void accept(String line) {
      synchronized (progress) {
        progress.accept(line);
      }
    }
  }
}
