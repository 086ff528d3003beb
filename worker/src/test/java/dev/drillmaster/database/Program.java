package dev.drillmaster.database;

import dev.drillmaster.cli.Main;
import dev.drillmaster.process.DetachedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The program in a process of its own, with the logging that it ships with.
 *
 * @param process to look at while it runs
 * @param out its standard output
 * @param err its standard error
 */
public record Program(Process process, Path out, Path err) {

  /** Starts the program with these words on a home; what it prints is kept beside the home. */
  public static Program start(LedgerHome home, String... words) throws IOException {
    Path out = Files.createTempFile(home.directory(), "program", ".out");
    Path err = Files.createTempFile(home.directory(), "program", ".err");
    List<String> command = DetachedProcess.java(Main.class, 128, List.of(words));
    command.addAll(List.of("--home", home.home().root().toString()));
    command.add(1, "-Dlogback.configurationFile=logback.xml");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new Program(process, out, err);
  }

  /** Its exit code; it is killed if it does not end within a minute. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the program did not end within a minute");
    }
    return process.exitValue();
  }

  public String output() throws IOException {
    return Files.readString(out);
  }

  public String errors() throws IOException {
    return Files.readString(err);
  }
}
