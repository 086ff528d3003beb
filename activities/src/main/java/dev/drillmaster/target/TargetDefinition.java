package dev.drillmaster.target;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * How a host defines a target: one record for each {@link TargetKind}, with the paths and commands
 * that a plan must not name.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
// Said twice, because the one mapper lives in a module that knows no targets.
@JsonSubTypes({
  @JsonSubTypes.Type(CommandDefinition.class),
  @JsonSubTypes.Type(DeviceTarget.Definition.class),
  @JsonSubTypes.Type(HostTarget.Definition.class),
  @JsonSubTypes.Type(NetworkTarget.Definition.class),
  @JsonSubTypes.Type(PostgresTarget.Definition.class),
  @JsonSubTypes.Type(RouteTarget.Definition.class),
  @JsonSubTypes.Type(ToxiproxyTarget.Definition.class)
})
public sealed interface TargetDefinition
    permits CommandDefinition,
        DeviceTarget.Definition,
        HostTarget.Definition,
        NetworkTarget.Definition,
        PostgresTarget.Definition,
        RouteTarget.Definition,
        ToxiproxyTarget.Definition {}
