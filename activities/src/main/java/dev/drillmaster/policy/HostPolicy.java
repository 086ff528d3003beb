package dev.drillmaster.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.target.TargetDefinition;
import dev.drillmaster.wire.DurationText;
import dev.drillmaster.wire.Wire;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an agent lets be done to its host, as the owner of the host writes it. What it does not name
 * is refused.
 *
 * @param host the host's name
 * @param faults the mechanisms that may be used, such as {@code process-tree}; none if absent
 * @param targets what may be acted on, by the names that plans use; nothing if absent
 * @param longestLease the longest lease that a fault may have; 10 s if absent
 * @param longestHold the longest that a fault may be held; 2 minutes if absent
 * @param steps whether recovery steps may be done here; not if absent
 */
public record HostPolicy(
    String host,
    List<String> faults,
    Map<String, TargetDefinition> targets,
    Duration longestLease,
    Duration longestHold,
    Boolean steps)
    implements Policy {

  /** What is absent allows no more than its default. */
  public HostPolicy(
      String host,
      @Nullable List<String> faults,
      @Nullable Map<String, TargetDefinition> targets,
      @Nullable Duration longestLease,
      @Nullable Duration longestHold,
      @Nullable Boolean steps) {
    this.host = host;
    this.faults = faults == null ? List.of() : List.copyOf(faults);
    this.targets = targets == null ? Map.of() : Map.copyOf(targets);
    this.longestLease = longestLease == null ? Duration.ofSeconds(10) : longestLease;
    this.longestHold = longestHold == null ? Duration.ofMinutes(2) : longestHold;
    this.steps = steps != null && steps;
  }

  @Override
  public Optional<String> refusal(InjectionSpec injection) {
    String mechanism = injection.fault().mechanism();
    if (!faults.contains(mechanism)) {
      String all =
          Stream.concat(faults.stream(), Stream.of(mechanism)).collect(Collectors.joining(", "));
      return refused("does not allow fault " + mechanism, "faults: [" + all + "]");
    }
    if (!targets.containsKey(injection.target())) {
      return refused(
          "has no target " + injection.target(),
          injection.target() + ": {kind: ...}\" below \"targets:");
    }
    if (injection.lease().compareTo(longestLease) > 0) {
      return refused(
          "allows a lease of " + text(longestLease) + ", not of " + text(injection.lease()),
          "longestLease: " + text(injection.lease()));
    }
    if (injection.longest().compareTo(longestHold) > 0) {
      return refused(
          "lets a fault be held for "
              + text(longestHold)
              + ", not for "
              + text(injection.longest()),
          "longestHold: " + text(injection.longest()));
    }
    return Optional.empty();
  }

  @Override
  public Optional<String> refusalOfSteps() {
    return steps ? Optional.empty() : refused("does not allow recovery steps", "steps: true");
  }

  private Optional<String> refused(String what, String line) {
    return Optional.of(
        "the policy of host " + host + " " + what + ": the line \"" + line + "\" would allow it");
  }

  private static String text(Duration duration) {
    return DurationText.format(duration);
  }

  /** SHA-256 of the policy as our mapper writes it, in hexadecimal. */
  @Override
  public String digest() {
    try {
      byte[] bytes = Wire.json().writeValueAsBytes(this);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (JsonProcessingException | NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("a policy can be written, and SHA-256 is there", impossible);
    }
  }
}
