package dev.drillmaster.lab;

import dev.drillmaster.process.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Processor time of processes since they were added. */
final class CpuMeter {

  // USER_HZ is 100 on every Linux that runs Java.
  private static final double TICKS_PER_SECOND = 100;

  private final long begin = System.nanoTime();
  private final Map<String, ProcessId> processes = new LinkedHashMap<>();
  private final Map<String, Long> before = new LinkedHashMap<>();

  void add(String name, ProcessId process) throws IOException {
    processes.put(name, process);
    before.put(name, ticks(process));
  }

  void report() throws IOException {
    double seconds = (System.nanoTime() - begin) / 1e9;
    for (Map.Entry<String, ProcessId> entry : processes.entrySet()) {
      long used = ticks(entry.getValue()) - before.getOrDefault(entry.getKey(), 0L);
      StartedProcesses.report(
          "%s used %.0f %% of a processor",
          entry.getKey(), used / TICKS_PER_SECOND / seconds * 100);
    }
  }

  private static long ticks(ProcessId process) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
    String[] field = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(field[11]) + Long.parseLong(field[12]);
  }
}
