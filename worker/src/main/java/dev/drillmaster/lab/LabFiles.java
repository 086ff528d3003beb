package dev.drillmaster.lab;

import dev.drillmaster.postgres.Passwords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the lab keeps what, and how its parts are called.
 *
 * @param root the directory of the lab
 */
record LabFiles(Path root) {

  static final List<String> NODES = List.of("db1", "db2");
  static final String PROXY = "proxy";

  /** The instances of the service that are under load unless a plan says otherwise. */
  static final List<String> SERVICES = List.of("service-1", "service-2");

  /** The same service with its drivers' defaults, for drills that are to find something. */
  static final String WEAK = "service-weak";

  /** All instances of the service. */
  static List<String> instances() {
    List<String> instances = new ArrayList<>(SERVICES);
    instances.add(WEAK);
    return instances;
  }

  /** The route of the proxy to the primary, its name as an endpoint, and that of its port. */
  static final String ROUTE = "database";

  /** The part of a node, as a target, that carries its log to its standby: a route of the proxy. */
  static String wal(String node) {
    return node + ".wal";
  }

  /** The route of the proxy by which the services ask the first of them, and that of its port. */
  static final String PEER = "service-1.http";

  /** All routes of the proxy. */
  static List<String> routes() {
    List<String> routes = new ArrayList<>(List.of(ROUTE, PEER));
    NODES.forEach(node -> routes.add(wal(node)));
    return routes;
  }

  /** The database that the services write, and the role with which they do. */
  static final String DATABASE = "ledger";

  static final String ROLE = "ledger";

  Path ports() {
    return root.resolve("lab.json");
  }

  Passwords passwords() {
    return new Passwords(root.resolve("passwords"));
  }

  /** The bare password of {@link #ROLE}, as the services want it. */
  Path servicePassword() {
    return root.resolve(ROLE + ".password");
  }

  /** The directory of a part. */
  Path home(String part) {
    return root.resolve(part);
  }

  /**
   * Where the process of a program works, by which it is known. Not where its log is: a person who
   * reads the log there would be taken for a process of the program.
   */
  Path work(String program) {
    return home(program).resolve("work");
  }

  Path log(String program) {
    return home(program).resolve(program + ".log");
  }

  /** Where a program publishes its port and process. */
  Path address(String program) {
    return home(program).resolve(program + ".address");
  }

  /** Below it, each run has the directory of its load. */
  Path load() {
    return root.resolve("load");
  }
}
