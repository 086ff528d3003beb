package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.fault.Expiry;
import dev.drillmaster.fault.Fault;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The published table of faults is made of the records and of the tests that hold them to it. */
@Tag("pure")
final class CatalogueTest {

  private static final Path PUBLISHED = Path.of("..", "workflows", "README.md");

  /** What people have written is above it. */
  private static final String MARK = "## The faults that can be injected\n";

  private static final Duration DEFAULT_LEASE = Duration.ofSeconds(10);

  @Test
  void thePublishedCatalogueIsThatOfTheRecordsAndTheirTests() throws Exception {
    String page = Files.readString(PUBLISHED);
    String catalogue = page.substring(0, page.indexOf(MARK)) + catalogue();

    if (Boolean.getBoolean("drillmaster.rewrite")) {
      Files.writeString(PUBLISHED, catalogue);
    }
    assertThat(catalogue)
        .as("-Ddrillmaster.rewrite=true writes it anew")
        .isEqualTo(Files.readString(PUBLISHED));
  }

  private static String catalogue() throws Exception {
    StringBuilder text =
        new StringBuilder(MARK)
            .append(
                """

            One row for each mechanism, or for each of its modes. From here on this page is written from the faults' records and
            their tests by `CatalogueTest`, and fails the build when it is out of date.

            | type | mechanism | what it does, for example | to | parameters | needs | may be beside | tested by | exercised |
            |---|---|---|---|---|---|---|---|---|
            """);
    List<InjectorContract<?>> contracts = contracts();
    contracts.forEach(contract -> text.append(row(contract, contracts)));
    text.append(
        """

        A fault lives for its *lease*, which whoever holds it renews, and never past its limit. The longest that it can outlive
        everything of ours is its *bound*: lease, heal time and one second. `run --dry-run` prints it for a plan. That the effect
        is there, and that it is gone, is seen by looking at the target.

        | mechanism | ends at the latest | gone is | heal time | bound with a lease of 10 s |
        |---|---|---|---|---|
        """);
    contracts.forEach(contract -> text.append(end(contract.fault())));
    text.append("\nWhat a fault survives, by how it ends at the latest:\n\n");
    for (Expiry expiry : Expiry.values()) {
      text.append("- *").append(expiry.text()).append("*: ").append(expiry.survives());
      text.append('\n');
    }
    return text.toString();
  }

  private static List<InjectorContract<?>> contracts() throws Exception {
    List<InjectorContract<?>> contracts = new ArrayList<>(Contracts.all());
    contracts.sort(
        Comparator.comparing((InjectorContract<?> contract) -> contract.fault().faultType())
            .thenComparing(contract -> contract.fault().mechanism())
            .thenComparing(contract -> contract.getClass().getSimpleName()));
    return contracts;
  }

  private static String end(Fault fault) {
    return "| "
        + String.join(
            " | ",
            "`" + fault.mechanism() + "`",
            fault.expiry().text(),
            fault.ending().healed(),
            fault.healTime().toSeconds() + " s",
            fault.bound(DEFAULT_LEASE).toSeconds() + " s")
        + " |\n";
  }

  private static String row(InjectorContract<?> contract, List<InjectorContract<?>> all) {
    Fault fault = contract.fault();
    return "| "
        + String.join(
            " | ",
            fault.faultType().text(),
            "`" + fault.mechanism() + "`",
            fault.effect(),
            fault.actsOn(),
            parameters(fault),
            fault.needs(),
            beside(fault, all),
            "`" + contract.getClass().getSimpleName() + "`",
            exercised(contract))
        + " |\n";
  }

  /** Whether its test runs wherever the tests run; on others the mechanism is refused. */
  private static String exercised(InjectorContract<?> contract) {
    String unless = contract.notExercised();
    return unless.isEmpty() ? "yes" : "not exercised " + unless + ", and refused there";
  }

  /** On one target at once; on different targets all may be. */
  private static String beside(Fault fault, List<InjectorContract<?>> all) {
    String others =
        all.stream()
            .map(InjectorContract::fault)
            .filter(fault::mayShareTargetWith)
            .map(other -> "`" + other.mechanism() + "`")
            .distinct()
            .collect(Collectors.joining(", "));
    return others.isEmpty() ? "none" : others;
  }

  private static String parameters(Fault fault) {
    return Arrays.stream(fault.getClass().getRecordComponents())
        .map(RecordComponent::getName)
        .map(name -> "`" + name + "`")
        .collect(Collectors.joining(", "));
  }
}
