package dev.drillmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class BrowserTest {

  @Test
  void aDesktopThatShowsThePageNeedsNoWords() throws InterruptedException {
    assertThat(said("true")).isEmpty();
  }

  @Test
  void whoeverHasNoDesktopIsToldToOpenTheFile() throws InterruptedException {
    assertThat(said("no-such-program")).contains("there is no no-such-program", "open the file");
    assertThat(said("false")).contains("false could not show it; open the file");
  }

  private static String said(String program) throws InterruptedException {
    StringWriter err = new StringWriter();
    new Browser(program).open(Path.of("report.html"), new PrintWriter(err));
    return err.toString();
  }
}
