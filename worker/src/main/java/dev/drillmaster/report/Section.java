package dev.drillmaster.report;

import static dev.drillmaster.report.Html.tag;
import static dev.drillmaster.report.Html.text;

/** What the parts of a page are made of. */
final class Section {

  private Section() {}

  static Html of(String title, Html... content) {
    return tag("section", tag("h2", title), Html.of(content));
  }

  /** One line of a list of facts. */
  static Html fact(String name, String value) {
    return fact(name, text(value));
  }

  /** One line of a list of facts. */
  static Html fact(String name, Html value) {
    return tag("div", tag("dt", name), tag("dd", value));
  }

  static Html facts(Html... facts) {
    return tag("dl", facts).as("facts");
  }

  static Html quiet(String text) {
    return tag("p", text).as("quiet");
  }
}
