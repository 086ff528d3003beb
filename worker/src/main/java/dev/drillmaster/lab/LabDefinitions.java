package dev.drillmaster.lab;

import dev.drillmaster.drillproxy.DrillProxy;
import dev.drillmaster.drillproxy.DrillProxy.RouteSettings;
import dev.drillmaster.lab.service.LedgerService;
import dev.drillmaster.lab.service.ServiceSettings;
import dev.drillmaster.lab.service.ServiceSettings.Strength;
import dev.drillmaster.process.DetachedProcess;
import dev.drillmaster.proxy.Upstream;
import dev.drillmaster.system.SystemDefinition;
import dev.drillmaster.system.SystemDefinition.DatabaseAccess;
import dev.drillmaster.system.SystemDefinition.Load;
import dev.drillmaster.system.SystemDefinition.Traffic;
import dev.drillmaster.system.Systems;
import dev.drillmaster.target.CommandDefinition;
import dev.drillmaster.target.PostgresTarget;
import dev.drillmaster.target.RouteTarget;
import dev.drillmaster.target.Targets;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the host of the lab knows about it: its parts as targets, all together as a system.
 *
 * @param ports of the parts
 * @param bin the programs of PostgreSQL
 */
record LabDefinitions(LabFiles files, LabPorts ports, Path bin) {

  private static final String HOST = "127.0.0.1";
  private static final int PROXY_MEGABYTES = 64;
  private static final int SERVICE_MEGABYTES = 64;

  /**
   * Writes all definitions.
   *
   * @param primary the node to which the proxy sends the traffic when it is started anew
   */
  void write(Targets targets, Systems systems, String primary) throws IOException {
    for (String node : LabFiles.NODES) {
      targets.define(
          node,
          new PostgresTarget.Definition(bin, files.home(node), files.passwords().directory()));
    }
    targets.define(LabFiles.PROXY, proxy(primary));
    for (String route : LabFiles.routes()) {
      targets.define(route, new RouteTarget.Definition(files.home(LabFiles.PROXY), route));
    }
    for (String service : LabFiles.instances()) {
      targets.define(service, service(service));
    }
    systems.define(Lab.SYSTEM, system());
  }

  CommandDefinition proxy(String primary) {
    List<RouteSettings> routes = new ArrayList<>();
    routes.add(route(LabFiles.ROUTE, primary));
    routes.add(route(LabFiles.PEER, LabFiles.SERVICES.get(0)));
    LabFiles.NODES.forEach(node -> routes.add(route(LabFiles.wal(node), node)));
    DrillProxy.Settings settings =
        new DrillProxy.Settings(files.home(LabFiles.PROXY), ports.of(LabFiles.PROXY), routes);
    // The control port: the routes listen before it does.
    return program(
        LabFiles.PROXY,
        DetachedProcess.java(DrillProxy.class, PROXY_MEGABYTES, settings.arguments()));
  }

  private RouteSettings route(String name, String node) {
    return new RouteSettings(name, ports.of(name), new Upstream(HOST, ports.of(node)));
  }

  CommandDefinition service(String name) {
    ServiceSettings settings =
        new ServiceSettings(
            name,
            name.equals(LabFiles.WEAK) ? Strength.WEAK : Strength.STRONG,
            ports.of(LabFiles.ROUTE),
            LabFiles.DATABASE,
            LabFiles.ROLE,
            files.servicePassword(),
            ports.of(LabFiles.PEER),
            ports.of(name),
            files.address(name));
    return program(
        name, DetachedProcess.java(LedgerService.class, SERVICE_MEGABYTES, settings.arguments()));
  }

  private CommandDefinition program(String name, List<String> command) {
    return new CommandDefinition(command, files.work(name), ports.of(name), files.log(name));
  }

  SystemDefinition system() {
    Map<String, String> endpoints = new LinkedHashMap<>();
    LabFiles.instances().forEach(service -> endpoints.put(service, base(service).toString()));
    endpoints.put(LabFiles.ROUTE, HOST + ":" + ports.of(LabFiles.ROUTE));
    Map<String, DatabaseAccess> databases = new LinkedHashMap<>();
    databases.put("service-database", access(LabFiles.ROUTE));
    LabFiles.NODES.forEach(node -> databases.put(node, access(node)));
    return new SystemDefinition(
        LabFiles.NODES,
        LabFiles.DATABASE,
        new Traffic(files.home(LabFiles.PROXY), LabFiles.ROUTE),
        endpoints,
        databases,
        new Load(files.load(), LabFiles.SERVICES.stream().map(this::base).toList()));
  }

  private DatabaseAccess access(String port) {
    return new DatabaseAccess(
        ports.of(port), LabFiles.DATABASE, LabFiles.ROLE, files.passwords().directory());
  }

  private URI base(String service) {
    return URI.create("http://" + HOST + ":" + ports.of(service));
  }
}
