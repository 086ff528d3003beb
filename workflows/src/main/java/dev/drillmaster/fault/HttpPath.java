package dev.drillmaster.fault;

import java.util.List;
import java.util.regex.Pattern;

/** Which requests a lying proxy answers wrongly, whatever the lie: those to paths below one. */
final class HttpPath {

  /** What is used if a plan names none. */
  static final String ALL = "/";

  static final String ACTS_ON = "a route of the drill proxy that carries HTTP/1.1";

  private static final Pattern PATH = Pattern.compile("/[!-~]{0,999}");

  private HttpPath() {}

  /** What is wrong with it, if anything. */
  static List<String> problems(String path) {
    return PATH.matcher(path).matches()
        ? List.of()
        : List.of("path must begin with / and hold no space, such as /accounts");
  }
}
