package dev.drillmaster.lab;

import dev.drillmaster.process.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** With which words a process was started, as the kernel knows them. */
final class RunningCommand {

  private RunningCommand() {}

  /** Program and arguments; empty if the process is gone. */
  static List<String> of(ProcessId process) {
    try {
      String words = Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
      return words.isEmpty() ? List.of() : List.of(words.split("\0", -1)).subList(0, count(words));
    } catch (IOException gone) {
      return List.of();
    }
  }

  private static int count(String words) {
    return (int) words.chars().filter(character -> character == 0).count();
  }
}
