package dev.drillmaster.drill;

/**
 * Which node had which role when the run began. Steps name nodes by these roles, so that a plan
 * works whichever way round an earlier run left the pair; the names do not move during a run.
 *
 * @param primary the node that was primary
 * @param standby the node that was standby
 */
public record Roles(String primary, String standby) {

  /**
   * The node that a plan calls so.
   *
   * @param name {@code primary}, {@code standby} or the name of a node
   */
  public String node(String name) {
    return switch (name) {
      case "primary" -> primary;
      case "standby" -> standby;
      default -> name;
    };
  }
}
