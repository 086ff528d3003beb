package dev.drillmaster.cli;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The real psql.
 *
 * @param exitCode what it ended with
 * @param output what it printed, errors included
 */
record Psql(int exitCode, String output) {

  private static final String MISSING =
      "skipped: psql is missing; install it with: apt-get install postgresql-client";

  /** Skips the test if there is no psql; where tests must not be skipped, fails it. */
  @SuppressWarnings("SystemOut")
  static void require() throws IOException, InterruptedException {
    try {
      new ProcessBuilder("psql", "--version").redirectErrorStream(true).start().waitFor();
    } catch (IOException notInstalled) {
      if ("true".equals(System.getenv("CI"))) {
        fail(MISSING, notInstalled);
      }
      System.out.println(MISSING);
      abort(MISSING);
    }
  }

  /** Runs one statement, as somebody does who has nothing but the URL. */
  static Psql run(String url, String sql) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("psql", "--no-psqlrc", "--no-password"));
    command.addAll(List.of("--tuples-only", "--no-align", "--command", sql, url));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    Process process = builder.redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("psql did not end");
    }
    return new Psql(process.exitValue(), output);
  }
}
