package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.fault.Expiry;
import dev.drillmaster.fault.Fault;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The published table of faults is made of the records and of the tests that hold them to it. */
@Tag("pure")
final class CatalogueTest {

  private static final Path PUBLISHED = Path.of("faults.md");

  @Test
  void thePublishedCatalogueIsThatOfTheRecordsAndTheirTests() throws Exception {
    String catalogue = catalogue();

    if (Boolean.getBoolean("drillmaster.rewrite")) {
      Files.writeString(PUBLISHED, catalogue);
    }
    assertThat(catalogue)
        .as("-Ddrillmaster.rewrite=true writes it anew")
        .isEqualTo(Files.readString(PUBLISHED));
  }

  private static String catalogue() throws Exception {
    StringBuilder text =
        new StringBuilder(
            """
            # The faults that can be injected

            One row for each mechanism, or for each of its modes. This page is written from the faults' records and their
            tests by `CatalogueTest`, and fails the build when it is out of date.

            A fault lives for its *lease* unless whoever holds it renews it. The longest that it can outlive everything of
            ours is its *bound*: lease, heal time and one second. `run --dry-run` prints it for a plan.

            | type | mechanism | what it does, for example | to | parameters | ends at the latest | healed is | heal time | tested by | exercised |
            |---|---|---|---|---|---|---|---|---|---|
            """);
    List<InjectorContract<?>> contracts = Contracts.all();
    contracts.stream()
        .sorted(
            Comparator.comparing((InjectorContract<?> contract) -> contract.fault().faultType())
                .thenComparing(contract -> contract.fault().mechanism())
                .thenComparing(contract -> contract.getClass().getSimpleName()))
        .forEach(contract -> text.append(row(contract)));
    text.append("\nWhat a fault survives, by how it ends at the latest:\n\n");
    for (Expiry expiry : Expiry.values()) {
      text.append("- *").append(expiry.text()).append("*: ").append(expiry.survives());
      text.append('\n');
    }
    return text.toString();
  }

  private static String row(InjectorContract<?> contract) {
    Fault fault = contract.fault();
    return "| "
        + String.join(
            " | ",
            fault.faultType().text(),
            "`" + fault.mechanism() + "`",
            fault.effect(),
            fault.actsOn(),
            parameters(fault),
            fault.expiry().text(),
            fault.ending().healed(),
            fault.healTime().toSeconds() + " s",
            "`" + contract.getClass().getSimpleName() + "`",
            exercised(contract))
        + " |\n";
  }

  /** Whether its test runs wherever the tests run; on others the mechanism is refused. */
  private static String exercised(InjectorContract<?> contract) {
    String unless = contract.notExercised();
    return unless.isEmpty() ? "yes" : "not exercised " + unless + ", and refused there";
  }

  private static String parameters(Fault fault) {
    return Arrays.stream(fault.getClass().getRecordComponents())
        .map(RecordComponent::getName)
        .map(name -> "`" + name + "`")
        .collect(Collectors.joining(", "));
  }
}
