package dev.drillmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.injector.RefusedException;
import dev.drillmaster.plan.PlanException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class ErrorTextTest {

  @Test
  void outermostAndRootAreShownAndWhatLiesBetweenIsNot() {
    SQLException database =
        new SQLException("The connection attempt failed.", "08001", connectionRefused());
    IOException failure = new IOException("the ledger cannot be opened", database);

    assertThat(ErrorText.of(failure))
        .isEqualTo(
            "drillmaster: the ledger cannot be opened: Connection refused; see whether it runs and"
                + " listens there, or use --debug to see who asked");
  }

  @Test
  void aRootThatTheOutermostTellsAlreadyIsNotToldTwice() {
    IOException failure =
        new IOException("journal is damaged: no such index", new IOException("no such index"));

    assertThat(ErrorText.of(failure))
        .isEqualTo(
            "drillmaster: journal is damaged: no such index; use --debug to see where it comes"
                + " from");
  }

  @Test
  void whatOnlyCarriesAnotherIsLeftOut() {
    IOException disk = new IOException("only 3 MiB are left");
    Exception failure = new ExecutionException(new UncheckedIOException(disk));

    assertThat(ErrorText.of(failure))
        .startsWith("drillmaster: only 3 MiB are left; use --debug")
        .doesNotContain("Exception");
  }

  @Test
  void messagesThatAreOnlyANameGetWords() {
    assertThat(ErrorText.of(new NoSuchFileException("/plans/x.yaml")))
        .startsWith("drillmaster: there is no /plans/x.yaml; ");
    assertThat(ErrorText.of(new AccessDeniedException("/home")))
        .isEqualTo("drillmaster: no access to /home; see who owns it and who may use it");
    assertThat(ErrorText.of(new IOException("temporal", new UnknownHostException("nowhere"))))
        .startsWith("drillmaster: temporal: unknown host nowhere; ");
    assertThat(ErrorText.of(new InterruptedException()))
        .startsWith("drillmaster: InterruptedException; ");
  }

  @ParameterizedTest
  @CsvSource({
    "write failed: No space left on device, make room on that disk",
    "x.json: Read-only file system, choose a place that can be written",
    "/proc/1/stat: Too many open files, allow more of them"
  })
  void whatTheMachineLacksIsNamedWithARemedy(String said, String remedy) {
    assertThat(ErrorText.of(new UncheckedIOException(new IOException(said))))
        .startsWith("drillmaster: " + said + "; " + remedy);
  }

  @Test
  void tooLittleMemoryIsNoMistakeOfOurs() {
    assertThat(ErrorText.of(new OutOfMemoryError("Java heap space")))
        .startsWith("drillmaster: Java heap space; give it more");
  }

  @Test
  void theFollowingExceptionOfADatabaseIsItsRoot() {
    SQLException batch = new SQLException("batch entry 0 was aborted");
    batch.setNextException(new SQLException("duplicate key"));

    assertThat(ErrorText.of(batch))
        .startsWith("drillmaster: batch entry 0 was aborted: duplicate key; ");
  }

  @Test
  void aMessageOfManyLinesIsOneLine() {
    assertThat(ErrorText.of(new IOException("server died:\n  FATAL:\u001b[31m no room\n")))
        .isEqualTo(
            "drillmaster: server died: FATAL:?[31m no room; use --debug to see where it comes"
                + " from");
  }

  @Test
  void theProblemsOfAPlanKeepTheirLines() {
    PlanException plan = new PlanException("x.yaml:\n  steps: none\n  name \"A\u0007\": wrong");

    assertThat(ErrorText.of(plan))
        .isEqualTo(
            """
            drillmaster: x.yaml:
              steps: none
              name "A?": wrong""");
    assertThat(ErrorText.exitCode(plan)).isEqualTo(64);
    assertThat(ErrorText.exitCode(new ExecutionException(plan))).isEqualTo(64);
  }

  @Test
  void aRefusalSaysItselfWhatToDo() {
    assertThat(ErrorText.of(new RefusedException("db1 is held; heal it first")))
        .isEqualTo("drillmaster: db1 is held; heal it first");
  }

  @Test
  void aRingOfCausesEnds() {
    Exception one = new Exception("one");
    Exception two = new Exception("two", one);
    one.initCause(two);

    assertThat(ErrorText.of(two)).startsWith("drillmaster: two");
  }

  @Test
  void ourOwnTroubleIsNotTheUsersMistake() {
    assertThat(ErrorText.exitCode(connectionRefused())).isEqualTo(70);
    assertThat(ErrorText.exitCode(new NoClassDefFoundError("x"))).isEqualTo(70);
    assertThat(ErrorText.of(new NoClassDefFoundError("x")))
        .startsWith("drillmaster: x; this is a mistake in Drillmaster");
  }

  private static ConnectException connectionRefused() {
    return new ConnectException("Connection refused");
  }
}
