package dev.drillmaster.tier;

import java.util.List;

/**
 * What became of the tests of one class.
 *
 * @param reasons why tests were skipped, each once
 */
record ClassResult(
    String name,
    String tier,
    long passed,
    long failed,
    long skipped,
    long milliseconds,
    List<String> reasons) {

  /** One line of text; {@link #parse} reads it. */
  String line() {
    return String.join(
        "\t",
        name,
        tier,
        Long.toString(passed),
        Long.toString(failed),
        Long.toString(skipped),
        Long.toString(milliseconds),
        String.join("\t", reasons.stream().map(each -> each.replaceAll("\\s+", " ")).toList()));
  }

  static ClassResult parse(String line) {
    List<String> fields = List.of(line.split("\t"));
    return new ClassResult(
        fields.get(0),
        fields.get(1),
        Long.parseLong(fields.get(2)),
        Long.parseLong(fields.get(3)),
        Long.parseLong(fields.get(4)),
        Long.parseLong(fields.get(5)),
        fields.subList(6, fields.size()));
  }
}
