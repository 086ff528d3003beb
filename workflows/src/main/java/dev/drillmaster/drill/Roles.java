package dev.drillmaster.drill;

import java.util.List;

/**
 * Which node had which role when the run began. Steps name nodes by these roles, so that a plan
 * works whichever way round an earlier run left the pair; the names do not move during a run.
 *
 * @param primary the node that was primary
 * @param standby the node that was standby
 */
public record Roles(String primary, String standby) {

  /** What plans call them. */
  public static final List<String> NAMES = List.of("primary", "standby");

  /**
   * The target that a plan calls so.
   *
   * @param name {@code primary}, {@code standby} or the name of a target; a role and a part of it,
   *     such as {@code primary.wal}, is that part of whoever has the role
   */
  public String node(String name) {
    int dot = name.indexOf('.');
    String whose = dot < 0 ? name : name.substring(0, dot);
    String part = dot < 0 ? "" : name.substring(dot);
    return switch (whose) {
      case "primary" -> primary + part;
      case "standby" -> standby + part;
      default -> name;
    };
  }
}
