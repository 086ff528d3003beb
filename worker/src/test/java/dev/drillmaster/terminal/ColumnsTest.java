package dev.drillmaster.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class ColumnsTest {

  @Test
  void widePointsTakeTwoAndCombiningMarksNone() {
    assertThat(Columns.of("drill")).isEqualTo(5);
    assertThat(Columns.of("\u6f14\u7fd2")).isEqualTo(4);
    assertThat(Columns.of("e\u0301")).isEqualTo(1);
    assertThat(Columns.of("\ud83d\udd25")).isEqualTo(2);
  }

  @Test
  void nothingIsCutInTheMiddleOfACharacter() {
    assertThat(Columns.cut("\u6f14\u7fd2", 3)).isEqualTo("\u6f14");
    assertThat(Columns.cut("a\ud83d\udd25b", 2)).isEqualTo("a");
    assertThat(Columns.cut("a\ud83d\udd25b", 3)).isEqualTo("a\ud83d\udd25");
    assertThat(Columns.cut("ab", 0)).isEmpty();
  }
}
