package dev.drillmaster.cli;

import dev.drillmaster.plan.PlanCheck;
import dev.drillmaster.plan.PlanException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks plans, all at once. */
@Command(
    name = "check",
    description = {
      "Checks plans without running them: all that is wrong, each with its place.",
      "Of a directory, all files that end in .yaml or .yml."
    },
    footer = {"", "Exit codes: 0 all plans are fine, 64 one is not."},
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE|DIR", arity = "1..*", description = "what to check")
  private List<Path> places = List.of();

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Gives a variable this value in each plan that has it; as often as needed.")
  private Map<String, String> set = new LinkedHashMap<>();

  private int fine;
  private int wrong;

  @Override
  public Integer call() {
    PlanCheck check = new PlanCheck(set);
    for (Path file : files()) {
      List<String> problems = check.problems(file);
      problems.forEach(this::say);
      fine += problems.isEmpty() ? 1 : 0;
      wrong += problems.isEmpty() ? 0 : 1;
    }
    for (String name : check.unused()) {
      say("--set " + name + ": no plan that was read has such a variable");
    }
    say(summary());
    return wrong == 0 && check.unused().isEmpty() ? ExitCode.PASSED : ExitCode.USAGE;
  }

  /** Each once, however often it was named. */
  private Set<Path> files() {
    Set<Path> files = new LinkedHashSet<>();
    for (Path place : places) {
      try {
        files.addAll(PlanCheck.files(place));
      } catch (PlanException none) {
        none.lines().forEach(this::say);
        wrong++;
      }
    }
    return files;
  }

  private String summary() {
    String first = fine == 1 ? "1 plan is fine" : fine + " plans are fine";
    if (wrong == 0) {
      return first + ".";
    }
    return first + (wrong == 1 ? ", 1 is not." : ", " + wrong + " are not.");
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(PlainText.oneLine(line));
    out.flush();
  }
}
