package dev.drillmaster.orchestrator;

import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the Temporal servers of others: the variables and profiles of the Temporal CLI, so
 * that what works there works here. Never used for a server that we started ourselves.
 */
public final class TemporalProfile {

  /** The namespace of those who name none. */
  static final String DEFAULT_NAMESPACE = "default";

  private final ClientConfigProfile profile;

  private TemporalProfile(ClientConfigProfile profile) {
    this.profile = profile;
  }

  /**
   * Reads {@code TEMPORAL_*} and the file of profiles.
   *
   * @throws WrongProfile if they cannot be read or name a profile that is not there
   */
  public static TemporalProfile load(Map<String, String> environment) {
    try {
      return new TemporalProfile(
          ClientConfigProfile.load(
              LoadClientConfigProfileOptions.newBuilder().setEnvOverrides(environment).build()));
    } catch (IOException | RuntimeException wrong) {
      throw new WrongProfile(wrong);
    }
  }

  /** {@code HOST:PORT}, if one is set. */
  public Optional<String> address() {
    return set(profile.getAddress());
  }

  String namespace() {
    return set(profile.getNamespace()).orElse(DEFAULT_NAMESPACE);
  }

  /** Its TLS, API key and headers, for this address. */
  WorkflowServiceStubsOptions stubs(String address) {
    try {
      return ClientConfigProfile.newBuilder(profile)
          .setAddress(address)
          .build()
          .toWorkflowServiceStubsOptions();
    } catch (RuntimeException wrong) {
      throw new WrongProfile(wrong);
    }
  }

  private static Optional<String> set(@Nullable String value) {
    return Optional.ofNullable(value).filter(text -> !text.isBlank());
  }
}
