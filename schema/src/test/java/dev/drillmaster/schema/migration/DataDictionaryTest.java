package dev.drillmaster.schema.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.schema.migration.Catalogue.Described;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("lab")
@ExtendWith(LedgerServer.Extension.class)
class DataDictionaryTest {

  private static final String MARK =
      "<!-- What follows is written from the comments in the database: ./mvnw -pl schema -Pjooq test -->\n";

  @Test
  void every_table_view_column_and_function_is_explained(LedgerServer server) throws Exception {
    String database = server.newLedger();
    // Partitions are seen by whoever looks with psql, so they are explained too.
    LedgerServer.execute(server.superuser(database), "SELECT ledger.open_month(date '2026-01-01')");

    List<Described> described = Catalogue.describe(server.superuser(database));

    assertThat(described).hasSizeGreaterThan(150);
    assertThat(described).filteredOn(one -> one.comment().isEmpty()).isEmpty();
    assertThat(described).extracting(Described::object).contains("audit_event_2026_01", "drills");
  }

  @Test
  void the_readme_is_the_dictionary_of_the_migrated_database(LedgerServer server) throws Exception {
    Path readme = Path.of("README.md");
    String head = Files.readString(readme);
    assertThat(head).contains(MARK);
    head = head.substring(0, head.indexOf(MARK) + MARK.length());

    Golden.verify(
        readme, head + dictionary(Catalogue.describe(server.superuser(server.newLedger()))));
  }

  private static String dictionary(List<Described> described) {
    StringBuilder text = new StringBuilder();
    for (Described one : described) {
      text.append(
          switch (one.kind()) {
            case "schema" ->
                "\n## Schema `%s`\n\n%s\n".formatted(one.schema(), cell(one.comment()));
            case "column" ->
                "| `%s` | %s | %s |\n".formatted(one.column(), one.type(), cell(one.comment()));
            case "function" ->
                "\n### Function `%s`\n\n%s\n".formatted(one.object(), cell(one.comment()));
            default ->
                "\n### %s `%s.%s`\n\n%s\n\n| column | type | meaning |\n|---|---|---|\n"
                    .formatted(
                        one.kind().equals("view") ? "View" : "Table",
                        one.schema(),
                        one.object(),
                        cell(one.comment()));
          });
    }
    return text.toString();
  }

  private static String cell(String comment) {
    return comment.replace("|", "\\|").replace("<", "&lt;");
  }
}
