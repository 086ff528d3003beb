package dev.drillmaster.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts processes that outlive us: in a session of their own, so that neither Ctrl-C in our
 * terminal nor our end reaches them, with output appended to a log file.
 */
public final class DetachedProcess {

  private DetachedProcess() {}

  /**
   * Starts a command apart from us. Its standard input is a pipe of ours, which reads end of file
   * when we end.
   *
   * @param command program and arguments; secrets belong into {@code environment} or a file, since
   *     arguments are public
   * @param environment variables added to ours
   * @param directory working directory
   * @param log output and errors are appended here; parent directories are made
   * @return the process; {@link Process#pid} is the command's own pid, since setsid(1) replaces
   *     itself by it
   */
  public static Process start(
      List<String> command, Map<String, String> environment, Path directory, Path log)
      throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    List<String> detached = new ArrayList<>(List.of("setsid"));
    detached.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(detached)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    return builder.start();
  }

  /**
   * The command that runs a main class of ours in a small Java process with our class path.
   *
   * @param heapMegabytes largest heap
   */
  public static List<String> java(Class<?> main, int heapMegabytes, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    // Short-lived or small processes: no optimising compiler, no parallel collector, shared class
    // data.
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            // Without this, a starting JVM works in /tmp/hsperfdata_USER for a while, so that it
            // would not be found by its working directory.
            "-XX:-UsePerfData",
            "-Xmx" + heapMegabytes + "m"));
    String added = System.getProperty("drillmaster.childJvmArgs", "");
    if (!added.isBlank()) {
      // Handed on, so that whichever of our processes starts another starts it in the same way.
      command.add("-Ddrillmaster.childJvmArgs=" + added);
      command.addAll(List.of(added.trim().split("\\s+")));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return command;
  }
}
