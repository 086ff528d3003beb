package dev.drillmaster.terminal;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The characters that pictures are made of.
 *
 * @param bars from nothing to all, at least two
 * @param rule a horizontal line
 * @param ellipsis stands for what is cut off
 */
public record Glyphs(String bars, String rule, String ellipsis) {

  private static final Glyphs BLOCKS =
      new Glyphs("\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588", "\u2500", "\u2026");
  private static final Glyphs ASCII = new Glyphs("_.:!#", "-", ">");

  /** Those that this character set has. */
  public static Glyphs in(Charset charset) {
    return charset.equals(StandardCharsets.UTF_8) ? BLOCKS : ASCII;
  }

  /** A bar of this height, from 0 to 1; only 0 itself is the lowest, and only 1 the highest. */
  public String bar(double height) {
    int highest = bars.length() - 1;
    if (height <= 0 || height >= 1) {
      return bars.substring(height <= 0 ? 0 : highest, height <= 0 ? 1 : highest + 1);
    }
    int index = Math.max(1, Math.min(highest - 1, (int) Math.round(height * highest)));
    return bars.substring(index, index + 1);
  }
}
