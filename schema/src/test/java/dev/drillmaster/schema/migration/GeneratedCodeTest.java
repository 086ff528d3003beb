package dev.drillmaster.schema.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

@Tag("lab")
@ExtendWith(LedgerServer.Extension.class)
class GeneratedCodeTest {

  private static final Path COMMITTED = Path.of("src/generated/java");

  @Test
  void the_committed_classes_are_those_of_the_migrated_database(
      LedgerServer server, @TempDir Path fresh) throws Exception {
    PGSimpleDataSource database = server.superuser(server.newLedger());
    if (Golden.rewrites()) {
      generate(database, COMMITTED);
    }
    generate(database, fresh);

    assertThat(Golden.files(COMMITTED)).as(Golden.HOW).isEqualTo(Golden.files(fresh));
  }

  private static void generate(PGSimpleDataSource database, Path directory) throws Exception {
    GenerationTool.generate(
        new Configuration()
            .withJdbc(new Jdbc().withUrl(database.getURL()).withUser(database.getUser()))
            .withGenerator(
                new Generator()
                    .withDatabase(whatIsGenerated())
                    .withGenerate(
                        new Generate()
                            .withPojos(false)
                            .withRecords(true)
                            .withGeneratedAnnotation(false))
                    .withTarget(
                        new Target()
                            .withPackageName("dev.drillmaster.schema")
                            .withDirectory(directory.toString()))));
  }

  private static Database whatIsGenerated() {
    return new Database()
        .withName("org.jooq.meta.postgres.PostgresDatabase")
        .withInputSchema("ledger")
        // Partitions are not for anybody to write to; triggers and Flyway's table are nobody's
        // business.
        .withExcludes("flyway_schema_history|audit_event_\\d.*|refuse_.*")
        .withForcedTypes(
            new ForcedType().withName("INSTANT").withIncludeTypes("timestamp.*\\bwith\\b.*"),
            // jOOQ has no type for xid8. It is only ever read.
            new ForcedType().withName("BIGINT").withIncludeTypes("xid8"));
  }
}
