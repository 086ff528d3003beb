package dev.drillmaster.fault;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a lying proxy changes the body of an answer, whoever is lied to. */
final class BodyChange {

  private static final int LONGEST = 1000;

  private BodyChange() {}

  /** What is wrong with it. */
  static List<String> problems(
      @Nullable String find, @Nullable String replace, @Nullable String number) {
    if (find == null && replace == null && number == null) {
      return List.of("changes nothing: give it find and replace, or number");
    }
    if (number != null && (find != null || replace != null)) {
      return List.of("takes find and replace or number, not both");
    }
    return number == null ? problemsOfText(find, replace) : problemsOfName(number);
  }

  private static List<String> problemsOfText(@Nullable String find, @Nullable String replace) {
    if (find == null || replace == null) {
      return List.of("find and replace go together; to leave out what is found, replace by \"\"");
    }
    List<String> problems = new ArrayList<>();
    if (find.isEmpty() || find.length() > LONGEST || replace.length() > LONGEST) {
      problems.add("find must be 1 to 1000 characters long, and replace at most 1000");
    }
    if (find.equals(replace)) {
      problems.add("replace must differ from find");
    }
    return problems;
  }

  private static List<String> problemsOfName(String number) {
    boolean plain = number.chars().noneMatch(each -> each == '"' || each == '\\' || each < ' ');
    return !number.isEmpty() && number.length() <= LONGEST && plain
        ? List.of()
        : List.of("number must be the name of a JSON field, without quotes, such as balance");
  }

  /** What it does, for people. */
  static String effect(@Nullable String find, @Nullable String replace, @Nullable String number) {
    return number == null
        ? "write \"%s\" for \"%s\"".formatted(replace, find)
        : "write wrong digits for \"%s\"".formatted(number);
  }
}
