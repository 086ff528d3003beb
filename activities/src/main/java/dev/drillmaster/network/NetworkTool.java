package dev.drillmaster.network;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drillmaster.process.BoundedCommand;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The tools of the system that change or show the network; each answers within two seconds. */
final class NetworkTool {

  /** Each takes some milliseconds; a busy machine may take a hundred times as long. */
  static final Duration LIMIT = Duration.ofSeconds(2);

  private NetworkTool() {}

  /**
   * The words of a command.
   *
   * @param entering see {@link NetworkNamespace#entering}
   * @throws IOException if its program is not installed, saying how to install it
   */
  static List<String> words(List<String> entering, String program, String... arguments)
      throws IOException {
    Path file =
        BoundedCommand.find(program)
            .orElseThrow(
                () ->
                    new IOException(
                        "there is no program \"%s\" on this host: apt-get install %s"
                            .formatted(program, program.equals("nft") ? "nftables" : "iproute2")));
    List<String> words = new ArrayList<>(entering);
    words.add(file.toString());
    words.addAll(List.of(arguments));
    return words;
  }

  /**
   * Runs one.
   *
   * @throws IOException if it fails, with what it says
   */
  static String run(List<String> words, String input) throws IOException, InterruptedException {
    BoundedCommand.Output output = BoundedCommand.run(words, input, LIMIT);
    if (!output.succeeded()) {
      throw new IOException(complaint(output.complaint()));
    }
    return output.out();
  }

  /** The same, whose answer is JSON. */
  static JsonNode json(List<String> words) throws IOException, InterruptedException {
    return Wire.json().readTree(run(words, ""));
  }

  /** What it says, and what to do if it is not allowed to. */
  static String complaint(String said) {
    return said.contains("Operation not permitted")
        ? said + ": the agent must run as root, or with CAP_NET_ADMIN and CAP_SYS_ADMIN"
        : said;
  }
}
