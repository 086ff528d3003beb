package dev.drillmaster.cli;

import dev.drillmaster.terminal.LiveScreen;
import dev.drillmaster.terminal.StyledLine;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines scroll, and below them a block is drawn in place that tells how the run is just now. If
 * that fails, the lines go on without it: nobody's run ends because of a picture of it.
 */
final class LiveDisplay implements Display {

  private static final Logger LOG = LoggerFactory.getLogger(LiveDisplay.class);

  private final LiveScreen screen;
  private final LiveBlock block;
  private final Display plain;
  private List<StyledLine> last = List.of();
  private boolean failed;

  LiveDisplay(LiveScreen screen, LiveBlock block, Display plain) {
    this.screen = screen;
    this.block = block;
    this.plain = plain;
  }

  @Override
  public synchronized void show(List<String> lines, ProgressText.Look now) {
    if (!failed) {
      try {
        last = block.lines(now);
        screen.draw(lines, last);
        return;
      } catch (RuntimeException broken) {
        giveUp(broken);
      }
    }
    plain.show(lines, now);
  }

  @Override
  public synchronized void say(String line) {
    if (!failed) {
      try {
        screen.draw(List.of(line), last);
        return;
      } catch (RuntimeException broken) {
        giveUp(broken);
      }
    }
    plain.say(line);
  }

  private void giveUp(RuntimeException broken) {
    LOG.warn("the run is shown in plain lines from now on", broken);
    failed = true;
    close();
  }

  @Override
  public synchronized void close() {
    try {
      screen.close();
    } catch (RuntimeException broken) {
      LOG.warn("the terminal is perhaps not as it was", broken);
    }
  }
}
