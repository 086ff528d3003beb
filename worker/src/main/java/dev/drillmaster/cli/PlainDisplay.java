package dev.drillmaster.cli;

import java.io.PrintWriter;
import java.util.List;

/** Line after line, for files, pipelines and those who want it so. */
record PlainDisplay(PrintWriter words) implements Display {

  @Override
  public void show(List<String> lines, ProgressText.Look now) {
    lines.forEach(words::println);
    words.flush();
  }

  @Override
  public void say(String line) {
    words.println(line);
    words.flush();
  }

  @Override
  public void close() {
    words.flush();
  }
}
