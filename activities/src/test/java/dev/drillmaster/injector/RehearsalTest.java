package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host rehearses to take faults away. */
@Tag("lab")
@Timeout(60)
final class RehearsalTest {

  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  @Test
  void nothingIsLeftOfIt(@TempDir Path directory) throws Exception {
    List<Path> before = rehearsals();
    ServiceLab lab = new ServiceLab(directory);
    try {
      lab.injections(new InjectionListener() {}).rehearse();

      assertThat(lab.journal.newest(1)).isEmpty();
      assertThat(lab.serves()).isTrue();
    } finally {
      lab.close();
    }
    assertThat(rehearsals()).isEqualTo(before);
  }

  private static List<Path> rehearsals() throws IOException {
    try (Stream<Path> files = Files.list(TEMPORARY)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("drillmaster-rehearsal"))
          .sorted()
          .toList();
    }
  }
}
