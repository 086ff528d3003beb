package dev.drillmaster.target;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a host defines a service that a command starts.
 *
 * @param command program and arguments; no secrets, since they are public
 * @param directory its working directory, by which its processes are known; no other process may
 *     work there
 * @param port a TCP port on loopback that it serves, or null
 * @param log where its output is appended; {@code service.log} in the directory if absent
 */
@JsonTypeName("command")
public record CommandDefinition(
    List<String> command, Path directory, @Nullable Integer port, @Nullable Path log)
    implements TargetDefinition {

  /** Refuses a definition that lacks a part. */
  public CommandDefinition {
    if (command == null || command.isEmpty()) {
      throw new IllegalArgumentException("\"command\" must be a list with at least the program");
    }
    if (directory == null || !directory.isAbsolute()) {
      throw new IllegalArgumentException("\"directory\" must be an absolute path");
    }
    command = List.copyOf(command);
  }
}
