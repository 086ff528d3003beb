package dev.drillmaster.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Shows a page to whoever asked for it.
 *
 * @param program what shows a file that it is given
 */
record Browser(String program) {

  /** Whatever the desktop takes for pages. */
  static final Browser OF_THE_DESKTOP = new Browser("xdg-open");

  /** A desktop answers at once; a browser in the terminal stays, and is left alone. */
  private static final long SECONDS = 3;

  /** Opens a page; if that is not possible, says so: the page is there, and its place was said. */
  void open(Path page, PrintWriter err) throws InterruptedException {
    try {
      Process opener =
          new ProcessBuilder(program, page.toString())
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      if (opener.waitFor(SECONDS, TimeUnit.SECONDS) && opener.exitValue() != 0) {
        err.println(program + " could not show it; open the file in a browser");
      }
    } catch (IOException notInstalled) {
      err.println("there is no " + program + " on this machine; open the file in a browser");
    }
    err.flush();
  }
}
