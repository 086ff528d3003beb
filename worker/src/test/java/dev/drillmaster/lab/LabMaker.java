package dev.drillmaster.lab;

import dev.drillmaster.home.Home;
import java.nio.file.Path;

/** Brings the lab of the home in its first argument up, as a program of its own. */
public final class LabMaker {

  private LabMaker() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    LabStatus status = new Lab(new Home(Path.of(arguments[0]))).up(System.out::println);
    System.out.print(status.text());
  }
}
