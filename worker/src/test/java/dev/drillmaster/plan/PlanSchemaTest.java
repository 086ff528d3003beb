package dev.drillmaster.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class PlanSchemaTest {

  static final List<String> SHIPPED = PlanFiles.SHIPPED;

  private static final Path PUBLISHED = Path.of("src/main/resources/plans/plan.schema.json");

  @Test
  void thePublishedSchemaIsThatOfTheRecords() throws IOException {
    String schema = PlanSchema.text();

    if (Boolean.getBoolean("drillmaster.rewrite")) {
      Files.writeString(PUBLISHED, schema);
    }
    assertThat(schema)
        .as("-Ddrillmaster.rewrite=true writes it anew")
        .isEqualTo(Files.readString(PUBLISHED));
  }

  @Test
  void theSchemaIsOne() throws IOException {
    Schema dialect =
        registry()
            .getSchema(
                com.networknt.schema.SchemaLocation.of(
                    "https://json-schema.org/draft/2020-12/schema"));

    assertThat(dialect.validate(Wire.json().readTree(PlanFiles.schema()))).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("SHIPPED")
  void aPlanThatShipsIsRightAndTellsEditorsWhereTheSchemaIs(String name) throws IOException {
    String text = PlanFiles.text(name);

    assertThat(text).startsWith("# yaml-language-server: $schema=./plan.schema.json\n");
    assertThat(published().validate(Trees.json(text))).isEmpty();
  }

  @Test
  void aFieldIsDescribedInTheWordsOfItsRecord() {
    assertThat(PlanFiles.schema())
        .contains("how long the fault lives without renewal; 10 s if absent")
        .contains("what happens to the processes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name: x\nsystem: lab",
        "name: x\nsystem: lab\nsteps: [{step: fly}]",
        "name: x\nsystem: lab\nsteps: [{step: fence, colour: red}]",
        "name: x\nsystem: lab\nsteps: [{step: start-load, rate: many}]",
        "name: x\nsystem: lab\nsteps: [{step: start-load, limit: 5 parsecs}]",
        "name: x\nsystem: lab\nsteps: [{step: inject, target: db1}]",
      })
  void theSchemaRefusesWhatThePlanMayNotHave(String text) throws IOException {
    assertThat(published().validate(Trees.json(text))).isNotEmpty();
  }

  @Test
  void aVariableMayStandForAnyValue() throws IOException {
    String text =
        """
        name: x
        system: lab
        variables: {rate: {type: integer, default: 5}, hold: {type: duration}}
        steps:
          - {step: start-load, rate: "${rate}", limit: "${hold}"}
        """;

    assertThat(published().validate(Trees.json(text))).isEmpty();
  }

  /** The published schema, as an editor uses it. */
  static Schema published() {
    return registry().getSchema(PlanFiles.schema());
  }

  private static SchemaRegistry registry() {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  }
}
