package dev.drillmaster.toxiproxy;

import java.util.Map;

/**
 * What Toxiproxy does to one direction of a proxy.
 *
 * @param name of its own in that proxy
 * @param type such as {@code latency}
 * @param stream which way: {@code "upstream"} to the server, {@code "downstream"} back
 * @param toxicity which part of the connections it is done to, from 0 to 1
 * @param attributes of its type
 */
public record Toxic(
    String name, String type, String stream, double toxicity, Map<String, Integer> attributes) {

  public Toxic {
    attributes = Map.copyOf(attributes);
  }
}
