package dev.drillmaster.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The rule and the listener, on JUnit's own launcher. */
@Tag("pure")
final class TierListenerTest {

  @TempDir Path directory;
  private final List<TierSummary> printed = new ArrayList<>();

  @Test
  void aClassWithoutATierStopsAllTests() {
    assertThatThrownBy(() -> run(Mixed.class, NoTier.class))
        .hasMessageContaining("NoTier must have exactly one tier but has []")
        .hasMessageContaining("@Tag(\"pure\")");
  }

  @Test
  void aTestWithTwoTiersStopsAllTests() {
    assertThatThrownBy(() -> run(TwoTiers.class))
        .hasMessageContaining("TwoTiers.passes must have exactly one tier but has [")
        .hasMessageContaining("pure")
        .hasMessageContaining("host");
  }

  @Test
  void everyTestOfAClassIsCountedOnce() throws Exception {
    ClassResult result = run(Mixed.class).get(0);
    assertThat(result.name()).isEqualTo(Mixed.class.getName());
    assertThat(result.tier()).isEqualTo("lab");
    assertThat(result.passed()).isEqualTo(1 + 3 + 1);
    assertThat(result.failed()).isEqualTo(1);
    assertThat(result.skipped()).isEqualTo(2);
    assertThat(result.reasons())
        .containsExactlyInAnyOrder(
            "missing: a tool; to install it: apt-get install a-tool", "not today");
    assertThat(printed)
        .as("printed because the build ends here")
        .singleElement()
        .satisfies(sum -> assertThat(sum.lines()).contains("5 passed, 1 failed, 2 skipped"));
  }

  @Test
  void aClassThatCannotStartCountsAllItsTestsAsSkipped() throws Exception {
    ClassResult result = run(NeedsAServer.class).get(0);
    assertThat(result.tier()).isEqualTo("server");
    assertThat(result.passed() + result.failed()).isZero();
    assertThat(result.skipped()).isEqualTo(2);
    assertThat(result.reasons()).singleElement().asString().contains("a server");
    assertThat(printed).as("printed at the end of the build").isEmpty();
  }

  @Test
  void aClassWhosePreparationFailsIsAFailure() throws Exception {
    assertThat(run(FailsFirst.class).get(0).failed()).isEqualTo(1);
  }

  @Test
  void resultsOfAnEarlierBuildAreForgotten() throws Exception {
    assertThat(run(Mixed.class)).hasSize(1);
    assertThat(run(NeedsAServer.class)).hasSize(2);
    assertThat(new ResultFile(file(), "another build").results()).isEmpty();
    new ResultFile(file(), "another build").append(run(FailsFirst.class).get(0));
    assertThat(new ResultFile(file(), "another build").results()).hasSize(1);
    assertThat(ResultFile.resultsBelow(directory, "this build")).isEmpty();
    assertThat(ResultFile.resultsBelow(directory, "another build")).hasSize(1);
  }

  private Path file() {
    return directory.resolve("module/target").resolve(ResultFile.NAME);
  }

  private List<ClassResult> run(Class<?>... classes) throws IOException {
    ResultFile file = new ResultFile(file(), "this build");
    Launcher launcher =
        LauncherFactory.create(
            LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .addPostDiscoveryFilters(new TierRule())
                .build());
    launcher.execute(
        LauncherDiscoveryRequestBuilder.request()
            .selectors(Arrays.stream(classes).map(each -> selectClass(each)).toList())
            .build(),
        new TierListener(file, printed::add));
    assertThat(Files.readAllLines(file()).get(0)).isEqualTo("this build");
    return file.results();
  }

  static class NoTier {
    @Test
    void passes() {}
  }

  @Tag("pure")
  static class TwoTiers {
    @Test
    @Tag("host")
    void passes() {}
  }

  @Tag("lab")
  static class Mixed {
    @Test
    void passes() {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void passesForAll(int value) {
      assertThat(value).isPositive();
    }

    @Test
    void fails() {
      throw new AssertionError("on purpose");
    }

    @Test
    void needsATool() {
      Tier.need(false, false, "a tool", "apt-get\tinstall\na-tool");
    }

    @Test
    @Disabled("not today")
    void isDisabled() {}

    @Nested
    class Inside {
      @Test
      void passes() {}
    }
  }

  @Tag("server")
  static class NeedsAServer {
    @BeforeAll
    static void need() {
      Tier.need(false, false, "a server", "install it");
    }

    @Test
    void one() {}

    @Test
    void two() {}
  }

  @Tag("host")
  static class FailsFirst {
    @BeforeAll
    static void prepare() {
      assertThat(1).isEqualTo(2);
    }

    @Test
    void one() {}
  }
}
