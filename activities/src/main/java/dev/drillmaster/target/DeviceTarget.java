package dev.drillmaster.target;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A network device of this host.
 *
 * @param name the target's name
 * @param definition which device, seen from where
 */
public record DeviceTarget(String name, Definition definition) implements Target {

  /**
   * The JSON definition.
   *
   * @param device its name, such as {@code eth1}; not {@code lo}
   * @param namespace the network namespace that it is in: a name as {@code ip netns} lists them, or
   *     a file; the agent's own if absent
   * @param sharedWithAgent whether the agent's own connections, such as the one to Temporal, may
   *     suffer with it; not if absent
   */
  @JsonTypeName("device")
  public record Definition(
      String device, @Nullable String namespace, @Nullable Boolean sharedWithAgent)
      implements TargetDefinition {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}");

    /** Refuses what is no device, or is the host's own. */
    public Definition {
      if (device == null || !NAME.matcher(device).matches()) {
        throw new IllegalArgumentException("\"device\" must be the name of one, such as eth1");
      }
      if (device.equals("lo")) {
        throw new IllegalArgumentException(
            "\"device\" must not be lo: this host needs its loopback");
      }
      NamespaceName.require(namespace);
    }
  }

  @Override
  public String description() {
    return "network device " + definition.device();
  }
}
