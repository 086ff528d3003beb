package dev.drillmaster.lab.service;

import java.nio.file.Path;
import java.util.List;

/**
 * What a ledger service is started with.
 *
 * @param name of this instance, written into its rows
 * @param strength how it treats its database
 * @param databasePort on 127.0.0.1, normally a route of the drill proxy
 * @param database name
 * @param user name
 * @param password private file that holds the password
 * @param peerPort on 127.0.0.1, where another instance is asked for its statement: normally a route
 *     of the drill proxy
 * @param port on 127.0.0.1 to serve; 0 for any free port
 * @param address file in which its port is published once it listens
 */
public record ServiceSettings(
    String name,
    Strength strength,
    int databasePort,
    String database,
    String user,
    Path password,
    int peerPort,
    int port,
    Path address) {

  /** How the service is set up. */
  public enum Strength {
    /** Bounded waits everywhere, keeps connections to a primary only. */
    STRONG,
    /** Drivers' defaults: waits without bounds, keeps what it has. For drills to find. */
    WEAK
  }

  /** As program arguments. */
  public List<String> arguments() {
    return List.of(
        name,
        strength.name(),
        Integer.toString(databasePort),
        database,
        user,
        password.toString(),
        Integer.toString(peerPort),
        Integer.toString(port),
        address.toString());
  }

  static ServiceSettings parse(String[] arguments) {
    return new ServiceSettings(
        arguments[0],
        Strength.valueOf(arguments[1]),
        Integer.parseInt(arguments[2]),
        arguments[3],
        arguments[4],
        Path.of(arguments[5]),
        Integer.parseInt(arguments[6]),
        Integer.parseInt(arguments[7]),
        Path.of(arguments[8]));
  }
}
